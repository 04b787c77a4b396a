import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import { keyOf, missing } from './rows.ts';

export interface TimelineEntry {
  readonly kind: 'activity' | 'appointment';
  readonly id: string;
  /** When it was done or begins, or was written down; ISO 8601 with microseconds. */
  readonly at: string;
  readonly type: string;
  readonly title: string;
  readonly description: string | null;
  readonly outcome: string | null;
  /** Of an appointment; null for activities. */
  readonly status: string | null;
  /** Author or assignee. */
  readonly personId: string;
  readonly leadId: string | null;
  readonly contactId: string | null;
  readonly dealId: string | null;
}

export interface TimelinePage {
  readonly entries: readonly TimelineEntry[];
  /** For the next, older page; null at the end. */
  readonly next: string | null;
}

/**
 * Which rows belong to a record: its own, those of its deals, and for a contact or deal those of the lead it was. A
 * customer-facing story is told once, wherever it was written down.
 */
const BELONGS = {
  lead: (id: string) => {
    const deals = Prisma.sql`deal_id IN (SELECT id FROM deals WHERE lead_id = ${id}::uuid)`;
    const own = Prisma.sql`lead_id = ${id}::uuid`;
    return { activities: Prisma.sql`${own} OR ${deals}`, appointments: Prisma.sql`${own} OR ${deals}` };
  },
  contact: (id: string) => {
    const deals = Prisma.sql`deal_id IN (SELECT id FROM deals WHERE contact_id = ${id}::uuid)`;
    const leads = Prisma.sql`lead_id IN (SELECT lead_id FROM deals WHERE contact_id = ${id}::uuid)`;
    return {
      activities: Prisma.sql`contact_id = ${id}::uuid OR ${deals} OR ${leads}`,
      appointments: Prisma.sql`${deals} OR ${leads}`,
    };
  },
  deal: (id: string) => {
    const own = Prisma.sql`deal_id = ${id}::uuid`;
    const lead = Prisma.sql`lead_id IN (SELECT lead_id FROM deals WHERE id = ${id}::uuid)`;
    return { activities: Prisma.sql`${own} OR ${lead}`, appointments: Prisma.sql`${own} OR ${lead}` };
  },
} as const;

/**
 * What happened with a lead, contact or deal, newest first; an entry that names several of them stands there once.
 * @param page `limit` 1 to 200, 50 unless told; `cursor` as the page before gave it
 * @throws Refusal `NOT_FOUND`, `CURSOR_UNFIT`
 */
export async function timelineOf(
  db: Db,
  noun: keyof typeof BELONGS,
  id: string,
  { limit = 50, cursor }: { limit?: number; cursor?: string | undefined } = {},
): Promise<TimelinePage> {
  const where = keyOf(db, id);
  const found = {
    lead: () => db.lead.findUnique({ where, select: { id: true } }),
    contact: () => db.contact.findUnique({ where, select: { id: true } }),
    deal: () => db.deal.findUnique({ where, select: { id: true } }),
  }[noun];
  if (!(await found())) throw missing(noun);
  const { activities, appointments } = BELONGS[noun](id);
  const after = cursor === undefined ? null : readCursor(cursor);
  const older = after
    ? Prisma.sql`WHERE (at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`
    : Prisma.empty;
  const rows = await db.$queryRaw<TimelineEntry[]>`
    SELECT kind, id, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, type, title, description,
      outcome, status, person_id AS "personId", lead_id AS "leadId", contact_id AS "contactId", deal_id AS "dealId"
    FROM (
      SELECT 'activity' AS kind, id, coalesce(completed_at, created_at) AS at, type::text AS type, title, description,
        outcome, NULL AS status, created_by_id AS person_id, lead_id, contact_id, deal_id
      FROM activities WHERE ${activities}
      UNION ALL
      SELECT 'appointment', id, start_time, type::text, title, description, NULL, status::text, assigned_to_id, lead_id,
        NULL, deal_id
      FROM appointments WHERE ${appointments}
    ) AS entry
    ${older} ORDER BY entry.at DESC, entry.id DESC LIMIT ${limit + 1}`;
  const entries = rows.slice(0, limit);
  const last = entries.at(-1);
  return { entries, next: rows.length > limit && last ? writeCursor(last) : null };
}

const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

function writeCursor({ at, id }: TimelineEntry): string {
  return Buffer.from(`${at} ${id}`).toString('base64url');
}

function readCursor(cursor: string): { at: string; id: string } {
  const [, at, id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (at && id && !Number.isNaN(Date.parse(at))) return { at, id };
  const message = 'This cursor was not given by a page before.';
  throw new Refusal('invalid', 'CURSOR_UNFIT', message, 'Begin without one.', {
    fields: [{ field: 'cursor', code: 'CURSOR_UNFIT', message }],
  });
}
