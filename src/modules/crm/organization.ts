import type { Db } from '../../db.ts';
import { isTimeZone } from '../../time-zone.ts';

/** What the organization's settings say about days and hours. */
export interface Settings {
  /** IANA name; UTC where none is set, or one that is not known. */
  readonly timezone: string;
  readonly raw: Readonly<Record<string, unknown>>;
}

export async function settingsOf(db: Db): Promise<Settings> {
  const organization = await db.organization.findFirst({ select: { settings: true } });
  const raw = (organization?.settings ?? {}) as Record<string, unknown>;
  return { timezone: knownZone(raw.timezone) ?? 'UTC', raw };
}

/** The IANA name, where it is one. */
export const knownZone = (name: unknown): string | undefined => (isTimeZone(name) ? name : undefined);

/** Today where the organization works, `YYYY-MM-DD`. */
export async function todayOf(db: Db): Promise<string> {
  const { timezone } = await settingsOf(db);
  const [row] = await db.$queryRaw<{ today: string }[]>`
    SELECT (now() AT TIME ZONE ${timezone})::date::text AS today`;
  return row!.today;
}

/** A day as the driver writes `date` columns. */
export const dayOf = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** `YYYY-MM-DD` of a value of a `date` field, be it text or the driver's. */
export function dayText(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  return (value instanceof Date ? value.toISOString() : String(value)).slice(0, 10);
}
