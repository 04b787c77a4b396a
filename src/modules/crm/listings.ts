import { type Db, inTransaction } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { ListingStatus } from '../../generated/prisma/enums.ts';
import type { ModelRules, Values } from '../../http/index.ts';
import { normalized } from './contact-data.ts';
import { requireAssignee } from './members.ts';
import { LISTING_MOVES, requireMove } from './moves.ts';
import { dayText, todayOf } from './organization.ts';
import { requireRoomFor } from './plan-room.ts';
import { keyOf, lockRow, missing, requireLive } from './rows.ts';
import { refuseIfUsed } from './usage.ts';

/**
 * A listing that is ACTIVE has a price and has not expired, and counts towards the plan. Imports create listings in any
 * state; afterwards they move by the table.
 */
export const listingRules: ModelRules = {
  model: 'Listing',
  closed: { archivedAt: 'Archive by POST /listings/{listingId}/archive, and back by /unarchive.' },
  create: async (db, values, plan) => {
    const listing = placed(normalized(values));
    const status = (listing.status ?? 'ACTIVE') as ListingStatus;
    await requireState(db, listing);
    await requireAssignee(db, listing.assignedToId);
    requireDateOrder(listing);
    if (status === 'ACTIVE') {
      await requireOnMarket(db, listing);
      await requireRoomFor(db, plan, 'activeListings');
    }
    return { ...listing, status };
  },
  update: async (db, before, values, plan) => {
    const id = before.id as string;
    const changes = placed(normalized(values));
    // The lock of the count comes before that of the row.
    if (changes.status === 'ACTIVE' && before.status !== 'ACTIVE')
      await requireRoomFor(db, plan, 'activeListings');
    if (!(await lockRow(db, 'listing', id))) throw missing('listing');
    const now = await db.listing.findUniqueOrThrow({ where: keyOf(db, id) });
    requireLive('listing', now);
    const after: Values = { ...now, ...changes };
    requireMove('listing', LISTING_MOVES, now.status, after.status as ListingStatus);
    if (changes.assignedToId !== now.assignedToId) await requireAssignee(db, changes.assignedToId);
    if ('state' in changes || 'country' in changes) await requireState(db, after);
    requireDateOrder(after);
    const touched = ['status', 'price', 'expirationDate'].some((field) => field in changes);
    if (after.status === 'ACTIVE' && touched) await requireOnMarket(db, after);
    return changes;
  },
  remove: (db, before) => refuseIfUsed(db, 'listing', before.id as string),
};

function placed(values: Values): Values {
  const upper = (value: unknown) => (typeof value === 'string' ? value.trim().toUpperCase() : value);
  const country = 'country' in values ? { country: upper(values.country) } : {};
  // Elsewhere than in the United States a state is a name, and keeps its case.
  const state =
    typeof values.state === 'string' && values.state.trim().length === 2
      ? { state: upper(values.state) }
      : {};
  return { ...values, ...country, ...state };
}

async function requireState(db: Db, { country = 'US', state }: Values): Promise<void> {
  if (country !== 'US') return;
  const [row] = await db.$queryRaw<{ known: boolean }[]>`SELECT app.is_state_code(${state}::text) AS known`;
  if (row?.known) return;
  throw unfit(
    'state',
    'STATE_UNKNOWN',
    `"${String(state)}" is no state of the US.`,
    'Write its two letters, e.g. CO.',
  );
}

function requireDateOrder({ listingDate, expirationDate }: Values): void {
  const [from, to] = [dayText(listingDate), dayText(expirationDate)];
  if (from === undefined || to === undefined || from <= to) return;
  throw unfit(
    'expirationDate',
    'DATE_ORDER',
    `It expires on ${to}, before it is listed on ${from}.`,
    'Correct one of the days.',
  );
}

async function requireOnMarket(db: Db, { price, expirationDate }: Values): Promise<void> {
  if (!new Prisma.Decimal(String(price ?? 0)).gt(0))
    throw unfit('price', 'PRICE_MISSING', 'A listing that is ACTIVE needs a price.', 'Give a price above 0.');
  const until = dayText(expirationDate);
  if (until === undefined || until >= (await todayOf(db))) return;
  throw unfit(
    'expirationDate',
    'LISTING_EXPIRED',
    `The listing expired on ${until}.`,
    'Extend it, or leave it EXPIRED.',
  );
}

function unfit(field: string, code: string, message: string, hint: string): Refusal {
  return new Refusal('invalid', code, message, hint, { fields: [{ field, code, message }] });
}

/**
 * Sets active listings to EXPIRED whose last day is over where the organization works, and tells their agents. What is under
 * contract stays, since it closes or falls through. One transaction; twice, the second finds nothing.
 * @returns how many expired
 */
export function expireListings(db: Db): Promise<number> {
  return inTransaction(db, async (tx) => {
    const today = await todayOf(tx);
    const expired = await tx.$queryRaw<
      { id: string; title: string; assignedToId: string | null; last: string }[]
    >`
      UPDATE listings SET status = 'EXPIRED', updated_at = now()
      WHERE id IN (
        SELECT id FROM listings
        WHERE status = 'ACTIVE' AND archived_at IS NULL AND expiration_date < ${today}::date
        ORDER BY id FOR NO KEY UPDATE)
      RETURNING id, title, assigned_to_id AS "assignedToId", expiration_date::text AS last`;
    for (const { id, title, assignedToId, last } of expired) {
      if (assignedToId === null) continue;
      const message = `"${title}" expired on ${last}. Extend it, or take it off the market.`;
      await tx.$queryRaw`SELECT app.notify(${assignedToId}::uuid, 'WARNING', 'A listing expired', ${message},
        NULL, 'listing', ${id}::uuid, NULL, ${`listing-expired:${id}:${last}`})::text`;
    }
    return expired.length;
  });
}
