import type { Db } from '../../db.ts';
import { isTimeZone } from '../../time-zone.ts';

/** The IANA time zone of the organization, from its settings; UTC where none, or an unknown one, is set. */
export async function organizationZone(db: Db): Promise<string> {
  const found = await db.organization.findFirst({
    where: { id: db.$tenant.organizationId },
    select: { settings: true },
  });
  const zone = (found?.settings as { timezone?: unknown } | null)?.timezone;
  return isTimeZone(zone) ? zone : 'UTC';
}

/** The calendar day of a moment in a zone, moved by days: `2026-03-29`. */
export function dayIn(zone: string, moment: Date, days = 0): string {
  const parts = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(moment);
  const part = (type: string) => Number(parts.find((p) => p.type === type)!.value);
  return new Date(Date.UTC(part('year'), part('month') - 1, part('day') + days)).toISOString().slice(0, 10);
}

/** A day as Prisma takes it for a column of type date. */
export const asDate = (day: string): Date => new Date(`${day}T00:00:00Z`);
