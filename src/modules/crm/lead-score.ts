import type { ActivityType, LeadScore, LeadSource, LeadStatus } from '../../generated/prisma/enums.ts';

const DAY = 86_400_000;

/** Points by source, 20 at most: who comes recommended signs more often than who was called without asking. */
export const SOURCE_POINTS: Readonly<Record<LeadSource, number>> = {
  REFERRAL: 20,
  PARTNER: 17,
  EVENT: 13,
  WEBSITE: 12,
  GOOGLE_ADS: 10,
  EMAIL_CAMPAIGN: 9,
  SOCIAL_MEDIA: 8,
  OTHER: 6,
  COLD_CALL: 4,
};

/** Points of one activity on the day it happens; they halve every 30 days. */
export const ENGAGEMENT_POINTS: Readonly<Record<ActivityType, number>> = {
  SHOWING: 5,
  MEETING: 4,
  OPEN_HOUSE: 3,
  CALL: 3,
  FOLLOW_UP: 2,
  EMAIL: 1,
  NOTE: 0,
  TASK: 0,
};

/** Days until the points for contact and for engagement halve. */
export const HALF_LIFE = { recency: 14, engagement: 30 } as const;

/** What a score is made of. */
export interface LeadFacts {
  readonly status: LeadStatus;
  readonly source: LeadSource;
  /** In the currency of `priceLevel`. */
  readonly budget: number | null;
  /** Median price of the organization's active listings in the lead's currency; null where there are none. */
  readonly priceLevel: number | null;
  readonly timeline: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly notes: string | null;
  readonly createdAt: Date;
  readonly lastContactAt: Date | null;
  /** What was done with the lead, completed or not. */
  readonly activities: readonly { readonly type: ActivityType; readonly at: Date }[];
}

export interface ScorePart {
  readonly name: 'source' | 'budget' | 'timeline' | 'completeness' | 'recency' | 'engagement';
  readonly points: number;
  readonly of: number;
  readonly reason: string;
}

export interface Score {
  /** 0 to 100. */
  readonly value: number;
  readonly score: LeadScore;
  readonly parts: readonly ScorePart[];
}

/** HOT from 70, WARM from 40. */
export function warmth(value: number): LeadScore {
  if (value >= 70) return 'HOT';
  return value >= 40 ? 'WARM' : 'COLD';
}

/**
 * How promising a lead is: source 20, budget against the price level 20, timeline 20, contact data 10, recency of contact
 * 15, engagement 15. The parts add up to 100 and are what the explanation shows. Who is UNQUALIFIED or LOST scores 0.
 * More budget, more data, a later contact or one more activity never lowers a score; time alone never raises one.
 */
export function scoreLead(facts: LeadFacts, now: Date): Score {
  const parts = [
    part('source', SOURCE_POINTS[facts.source], 20, `came by ${facts.source}`),
    budgetPart(facts),
    timelinePart(facts.timeline),
    completenessPart(facts),
    recencyPart(facts, now),
    engagementPart(facts, now),
  ];
  const closed = facts.status === 'UNQUALIFIED' || facts.status === 'LOST';
  const value = closed ? 0 : Math.round(parts.reduce((sum, p) => sum + p.points, 0));
  return { value, score: warmth(value), parts };
}

function part(name: ScorePart['name'], points: number, of: number, reason: string): ScorePart {
  return { name, points: Math.round(points * 10) / 10, of, reason };
}

function budgetPart({ budget, priceLevel }: LeadFacts): ScorePart {
  if (budget === null || budget <= 0) return part('budget', 0, 20, 'no budget is known');
  if (priceLevel === null || priceLevel <= 0)
    return part('budget', 10, 20, 'no active listing in this currency to compare with');
  const ratio = budget / priceLevel;
  const percent = Math.min(999, Math.round(ratio * 100));
  return part('budget', Math.max(2, 20 * Math.min(1, ratio)), 20, `${percent} % of the median listing price`);
}

const UNITS: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30, year: 365 };
const NUMBERS = ['a', 'one', 'two', 'three', 'four', 'five', 'six', 'nine', 'twelve'];
const VALUES = [1, 1, 2, 3, 4, 5, 6, 9, 12];

/** Days until the lead wants to act, read from what was written; undefined where it says nothing of that kind. */
export function daysUntil(timeline: string): number | undefined {
  const text = timeline.toLowerCase();
  if (/\b(looking|browsing|someday|no rush|not sure|undecided)\b/.test(text)) return 730;
  if (/\b(now|asap|immediate(ly)?|urgent|today|this week|right away)\b/.test(text)) return 0;
  const spans = [...text.matchAll(/(\d{1,3}|[a-z]+)\s*(day|week|month|year)s?\b/g)].flatMap(([, n, unit]) => {
    const count = /\d/.test(n!) ? Number(n) : VALUES[NUMBERS.indexOf(n!)];
    return count === undefined ? [] : [count * UNITS[unit!]!];
  });
  if (spans.length > 0) return Math.max(...spans);
  if (/\bthis month\b/.test(text)) return 30;
  if (/\bquarter\b/.test(text)) return 90;
  return /\b(this|next) year\b/.test(text) ? 365 : undefined;
}

function timelinePart(timeline: string | null): ScorePart {
  if (!timeline?.trim()) return part('timeline', 0, 20, 'no timeline is known');
  const days = daysUntil(timeline);
  if (days === undefined) return part('timeline', 5, 20, `"${timeline}" names no time`);
  const points = days <= 31 ? 20 : days <= 93 ? 15 : days <= 186 ? 10 : days <= 366 ? 7 : 2;
  return part('timeline', points, 20, `"${timeline}"`);
}

function completenessPart({ email, phone, notes }: LeadFacts): ScorePart {
  const has = { 'e-mail': email && 4, telephone: phone && 4, notes: notes && 2 };
  const points = Object.values(has).reduce<number>((sum, p) => sum + (p || 0), 0);
  const known = Object.entries(has).flatMap(([name, p]) => (p ? [name] : []));
  return part(
    'completeness',
    points,
    10,
    known.length > 0 ? `${known.join(', ')} known` : 'no way to reach them',
  );
}

/** Points are 15 on the day of the last contact; without one, 15 on the day the lead came. */
function recencyPart({ lastContactAt, createdAt, activities }: LeadFacts, now: Date): ScorePart {
  const last = Math.max(
    createdAt.getTime(),
    lastContactAt?.getTime() ?? 0,
    ...activities.map((a) => a.at.getTime()),
  );
  const days = Math.max(0, (now.getTime() - last) / DAY);
  return part(
    'recency',
    15 * 2 ** (-days / HALF_LIFE.recency),
    15,
    `last contact ${Math.floor(days)} days ago`,
  );
}

function engagementPart({ activities }: LeadFacts, now: Date): ScorePart {
  const sum = activities.reduce((total, { type, at }) => {
    const days = Math.max(0, (now.getTime() - at.getTime()) / DAY);
    return total + ENGAGEMENT_POINTS[type] * 2 ** (-days / HALF_LIFE.engagement);
  }, 0);
  return part('engagement', Math.min(15, sum), 15, `${activities.length} activities in the last 180 days`);
}
