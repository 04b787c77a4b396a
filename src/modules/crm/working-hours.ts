import { z } from '../../http/index.ts';
import { knownZone, type Settings } from './organization.ts';

const time = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/);
const spans = z.array(z.tuple([time, time]).refine(([from, to]) => from < to)).max(6);
const week = z.object({
  mon: spans.optional(),
  tue: spans.optional(),
  wed: spans.optional(),
  thu: spans.optional(),
  fri: spans.optional(),
  sat: spans.optional(),
  sun: spans.optional(),
});
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** One stretch of work in every week, on the wall clock of `timezone`. */
export interface Hours {
  readonly timezone: string;
  /** ISO day of the week, Monday is 1; times as `HH:MM`. */
  readonly spans: readonly { readonly day: number; readonly from: string; readonly to: string }[];
}

const WEEKDAYS = [1, 2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '17:00' }));

/**
 * When a member works: `settings.working_hours.members.<user id>`, else `settings.working_hours`, each
 * `{timezone?, mon?: [["09:00","12:30"], …], …, sun?}` where a day without an entry is free; else Monday to Friday, nine to
 * five. The time zone is the member's, else the organization's. What is not of that form is passed over.
 */
export function hoursOf({ raw, timezone }: Settings, userId: string): Hours {
  const whole = asRecord(raw.working_hours);
  const own = asRecord(asRecord(whole?.members)?.[userId]);
  const zone = knownZone(own?.timezone) ?? knownZone(whole?.timezone) ?? timezone;
  for (const given of [own, whole]) {
    const parsed = week.safeParse(given);
    if (parsed.success && DAYS.some((name) => parsed.data[name])) {
      const found = DAYS.flatMap((name, i) =>
        (parsed.data[name] ?? []).map(([from, to]) => ({ day: i + 1, from, to })),
      );
      return { timezone: zone, spans: found };
    }
  }
  return { timezone: zone, spans: WEEKDAYS };
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}
