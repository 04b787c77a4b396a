import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Values } from '../../http/index.ts';

const TABLES = {
  lead: 'leads',
  contact: 'contacts',
  customer: 'customers',
  deal: 'deals',
  listing: 'listings',
  appointment: 'appointments',
  activity: 'activities',
} as const;
export type Noun = keyof typeof TABLES;

/** The key of a record of this organization, for `findUnique` and `update`. */
export const keyOf = (db: Db, id: string) => ({
  organizationId_id: { organizationId: db.$tenant.organizationId, id },
});

/** @throws Refusal `NOT_FOUND`, the same for a record of another organization as for none */
export function missing(noun: Noun): Refusal {
  return new Refusal('missing', 'NOT_FOUND', `There is no such ${noun}.`, 'Check its id; it may be deleted.');
}

/**
 * Locks a row until the transaction ends, so that what is read next is what the write meets. Not FOR UPDATE: rows that
 * refer to it are inserted meanwhile. Where several are locked, leads come before contacts, customers, listings and deals, and
 * rows of one table in the order of their ids; so two transactions do not wait for each other.
 * @returns whether it is there
 */
export async function lockRow(db: Db, noun: Noun, id: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>(
    Prisma.sql`SELECT id FROM ${Prisma.raw(TABLES[noun])} WHERE id = ${id}::uuid FOR NO KEY UPDATE`,
  );
  return rows.length > 0;
}

/** @throws Refusal `RECORD_ARCHIVED` */
export function requireLive(noun: Noun, record: { archivedAt?: unknown }): void {
  if (record.archivedAt === null || record.archivedAt === undefined) return;
  throw new Refusal(
    'conflict',
    'RECORD_ARCHIVED',
    `This ${noun} is archived and can only be read.`,
    `Take it out of the archive first: POST /${TABLES[noun]}/{id}/unarchive.`,
  );
}

/**
 * A record that others are to refer to, locked until the transaction ends: it stays as it is, and live.
 * @throws Refusal `NOT_FOUND`, `RECORD_ARCHIVED`
 */
export async function requireLinkable(
  db: Db,
  noun: 'lead' | 'contact' | 'customer' | 'deal' | 'listing',
  id: string,
): Promise<void> {
  const [row] = await db.$queryRaw<{ archivedAt: Date | null }[]>(
    Prisma.sql`SELECT archived_at AS "archivedAt" FROM ${Prisma.raw(TABLES[noun])}
      WHERE id = ${id}::uuid FOR NO KEY UPDATE`,
  );
  if (!row) {
    const message = `There is no such ${noun} in this organization.`;
    throw new Refusal('invalid', 'REFERENCE_MISSING', message, `Give the id of a ${noun} of your own.`, {
      fields: [{ field: `${noun}Id`, code: 'REFERENCE_MISSING', message }],
    });
  }
  requireLive(noun, row);
}

/** Checks every reference among `values` that is given, in the order in which rows are locked. */
export async function requireLinks(db: Db, values: Values): Promise<void> {
  for (const noun of ['lead', 'contact', 'customer', 'listing', 'deal'] as const) {
    const id = values[`${noun}Id`];
    if (typeof id === 'string') await requireLinkable(db, noun, id);
  }
}

/**
 * Refuses changes of fields that have a way of their own. The value that is there already is no change.
 * @param fixed by field: the way that is open
 * @throws Refusal `FIELD_CLOSED`
 */
export function requireUnchanged(
  before: Values,
  changes: Values,
  fixed: Readonly<Record<string, string>>,
): void {
  const fields = Object.entries(fixed)
    .filter(([field]) => field in changes && !same(before[field], changes[field]))
    .map(([field, way]) => ({ field, code: 'FIELD_CLOSED', message: way }));
  if (fields.length === 0) return;
  throw new Refusal(
    'invalid',
    'FIELD_CLOSED',
    `${fields.map((f) => `"${f.field}"`).join(' and ')} cannot be changed like this.`,
    fields[0]!.message,
    { fields },
  );
}

function same(a: unknown, b: unknown): boolean {
  if (a === b || (a ?? null) === (b ?? null)) return true;
  if (a instanceof Date || b instanceof Date)
    return Number(new Date(a as Date)) === Number(new Date(b as Date));
  return false;
}
