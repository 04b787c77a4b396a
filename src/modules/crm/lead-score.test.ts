import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  daysUntil,
  ENGAGEMENT_POINTS,
  type LeadFacts,
  SOURCE_POINTS,
  scoreLead,
  warmth,
} from './lead-score.ts';

const now = new Date('2026-06-01T12:00:00Z');
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);
const text = fc.option(fc.string({ minLength: 1, maxLength: 30 }), { nil: null });
const past = fc.double({ min: 0, max: 180, noNaN: true }).map(ago);
const activity = fc.record({
  type: fc.constantFrom(...(Object.keys(ENGAGEMENT_POINTS) as (keyof typeof ENGAGEMENT_POINTS)[])),
  at: past,
});
const facts: fc.Arbitrary<LeadFacts> = fc.record({
  status: fc.constantFrom('NEW_LEAD', 'IN_CONTACT', 'QUALIFIED'),
  source: fc.constantFrom(...(Object.keys(SOURCE_POINTS) as (keyof typeof SOURCE_POINTS)[])),
  budget: fc.option(fc.integer({ min: 0, max: 5_000_000 }), { nil: null }),
  priceLevel: fc.option(fc.integer({ min: 1, max: 3_000_000 }), { nil: null }),
  timeline: fc.oneof(text, fc.constantFrom('now', 'within a month', 'one to three months', 'just looking')),
  email: text,
  phone: text,
  notes: text,
  createdAt: past,
  lastContactAt: fc.option(past, { nil: null }),
  activities: fc.array(activity, { maxLength: 8 }),
});
const best: LeadFacts = {
  status: 'QUALIFIED',
  source: 'REFERRAL',
  budget: 900_000,
  priceLevel: 500_000,
  timeline: 'within a month',
  email: 'ada@example.com',
  phone: '+15125550100',
  notes: 'Relocating.',
  createdAt: now,
  lastContactAt: now,
  activities: [1, 2, 3].map(() => ({ type: 'SHOWING', at: now })),
};

describe('a score', () => {
  it('is 100 for the best lead there can be, and 0 for one that is lost or unqualified', () => {
    expect(scoreLead(best, now).value).toBe(100);
    expect(scoreLead({ ...best, status: 'LOST' }, now)).toMatchObject({ value: 0, score: 'COLD' });
    expect(scoreLead({ ...best, status: 'UNQUALIFIED' }, now).value).toBe(0);
  });

  it('is from 0 to 100 and the sum of its parts, none of which exceeds its share', () => {
    fc.assert(
      fc.property(facts, (lead) => {
        const { value, score, parts } = scoreLead(lead, now);
        expect(value).toBe(Math.round(parts.reduce((sum, p) => sum + p.points, 0)));
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(100);
        for (const { points, of } of parts) expect(points >= 0 && points <= of).toBe(true);
        expect(parts.reduce((sum, p) => sum + p.of, 0)).toBe(100);
        expect(score).toBe(warmth(value));
      }),
    );
  });

  it('never falls with more budget, more data, a later contact or another activity', () => {
    fc.assert(
      fc.property(facts, fc.integer({ min: 0, max: 1_000_000 }), activity, (lead, more, done) => {
        const { value } = scoreLead(lead, now);
        const better: LeadFacts[] = [
          { ...lead, budget: (lead.budget ?? 0) + more },
          { ...lead, email: 'a@example.com' },
          { ...lead, phone: '1' },
          { ...lead, lastContactAt: now },
          { ...lead, activities: [...lead.activities, done] },
          { ...lead, source: 'REFERRAL' },
        ];
        for (const lead of better) expect(scoreLead(lead, now).value).toBeGreaterThanOrEqual(value);
      }),
    );
  });

  it('never rises by time alone', () => {
    fc.assert(
      fc.property(facts, fc.double({ min: 0, max: 400, noNaN: true }), (lead, days) => {
        const later = new Date(now.getTime() + days * 86_400_000);
        expect(scoreLead(lead, later).value).toBeLessThanOrEqual(scoreLead(lead, now).value);
      }),
    );
  });

  it('is HOT from 70 and WARM from 40', () => {
    expect([0, 39, 40, 69, 70, 100].map(warmth)).toEqual(['COLD', 'COLD', 'WARM', 'WARM', 'HOT', 'HOT']);
  });
});

describe('a timeline in words', () => {
  it.each([
    ['ASAP', 0],
    ['within a month', 30],
    ['30 days', 30],
    ['one to three months', 90],
    ['1-3 months', 90],
    ['in 2 weeks', 14],
    ['this year', 365],
    ['just looking', 730],
    ['when the cat agrees', undefined],
  ])('"%s" is %s days', (words, days) => expect(daysUntil(words)).toBe(days));
});
