import { Refusal } from '../../errors.ts';
import type {
  AppointmentStatus,
  CustomerStatus,
  DealStage,
  LeadStatus,
  ListingStatus,
} from '../../generated/prisma/enums.ts';

/** From each state, the states that may follow it. Staying is always allowed and changes nothing. */
export type Moves<State extends string> = Readonly<Record<State, readonly State[]>>;

/**
 * A lead goes back from QUALIFIED to IN_CONTACT and is won back from UNQUALIFIED or LOST. CONVERTED is reached by
 * conversion alone and is the end: the deal goes on.
 */
export const LEAD_MOVES: Moves<LeadStatus> = {
  NEW_LEAD: ['IN_CONTACT', 'QUALIFIED', 'UNQUALIFIED', 'LOST'],
  IN_CONTACT: ['QUALIFIED', 'UNQUALIFIED', 'LOST'],
  QUALIFIED: ['IN_CONTACT', 'UNQUALIFIED', 'LOST'],
  UNQUALIFIED: ['IN_CONTACT', 'QUALIFIED', 'LOST'],
  LOST: ['IN_CONTACT'],
  CONVERTED: [],
};

const OPEN: readonly DealStage[] = ['LEAD', 'QUALIFIED', 'PROPOSAL', 'NEGOTIATION', 'CLOSING'];

/**
 * Open stages are passed in any order, as cards of a board are moved. A sale is won once there was an offer. A lost deal
 * is reopened anywhere; a won one only goes back to where contracts are made, or falls through.
 */
export const DEAL_MOVES: Moves<DealStage> = {
  LEAD: [...OPEN, 'CLOSED_LOST'],
  QUALIFIED: [...OPEN, 'CLOSED_LOST'],
  PROPOSAL: [...OPEN, 'CLOSED_WON', 'CLOSED_LOST'],
  NEGOTIATION: [...OPEN, 'CLOSED_WON', 'CLOSED_LOST'],
  CLOSING: [...OPEN, 'CLOSED_WON', 'CLOSED_LOST'],
  CLOSED_WON: ['NEGOTIATION', 'CLOSING', 'CLOSED_LOST'],
  CLOSED_LOST: OPEN,
};

/** A client account is won, lost and won back; it does not become a mere lead again. */
export const CUSTOMER_MOVES: Moves<CustomerStatus> = {
  LEAD: ['PROSPECT', 'ACTIVE', 'CHURNED'],
  PROSPECT: ['ACTIVE', 'CHURNED'],
  ACTIVE: ['CHURNED'],
  CHURNED: ['PROSPECT', 'ACTIVE'],
};

/**
 * As multiple-listing services know them: under contract is CONTINGENT or PENDING and may fall through to ACTIVE. SOLD
 * only goes back to PENDING, for a sale that was recorded by mistake; a later sale is a listing of its own.
 */
export const LISTING_MOVES: Moves<ListingStatus> = {
  ACTIVE: ['CONTINGENT', 'PENDING', 'SOLD', 'EXPIRED', 'WITHDRAWN'],
  CONTINGENT: ['ACTIVE', 'PENDING', 'SOLD', 'EXPIRED', 'WITHDRAWN'],
  PENDING: ['ACTIVE', 'CONTINGENT', 'SOLD', 'EXPIRED', 'WITHDRAWN'],
  EXPIRED: ['ACTIVE', 'WITHDRAWN'],
  WITHDRAWN: ['ACTIVE', 'EXPIRED'],
  SOLD: ['PENDING'],
};

/** What is over stays, but a no-show may turn out to have been one who came, and the other way round. */
export const APPOINTMENT_MOVES: Moves<AppointmentStatus> = {
  SCHEDULED: ['CONFIRMED', 'COMPLETED', 'CANCELLED', 'NO_SHOW'],
  CONFIRMED: ['SCHEDULED', 'COMPLETED', 'CANCELLED', 'NO_SHOW'],
  COMPLETED: ['NO_SHOW'],
  NO_SHOW: ['COMPLETED', 'SCHEDULED'],
  CANCELLED: ['SCHEDULED'],
};

/**
 * @param noun for the message, e.g. `lead`
 * @throws Refusal `MOVE_NOT_ALLOWED`, naming the states that may follow
 */
export function requireMove<S extends string>(
  noun: string,
  moves: Moves<S>,
  from: S,
  to: S,
  field = 'status',
) {
  if (from === to || moves[from].includes(to)) return;
  const next = moves[from];
  throw new Refusal(
    'conflict',
    'MOVE_NOT_ALLOWED',
    `A ${noun} that is ${from} cannot become ${to}.`,
    next.length > 0 ? `From ${from} it may become ${next.join(', ')}.` : `${from} is the end of a ${noun}.`,
    { fields: [{ field, code: 'MOVE_NOT_ALLOWED', message: `not from ${from} to ${to}` }] },
  );
}
