import { type Db, inTransaction } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import type { Deal } from '../../generated/prisma/client.ts';
import type { DealStage, DealStatus } from '../../generated/prisma/enums.ts';
import { record } from './chronicle.ts';
import { DEAL_MOVES, requireMove } from './moves.ts';
import { dayOf, dayText, todayOf } from './organization.ts';
import { keyOf, lockRow, missing, requireLive } from './rows.ts';

/** Percent that a deal in this stage is won, unless somebody knows better. */
export const PROBABILITY: Readonly<Record<DealStage, number>> = {
  LEAD: 10,
  QUALIFIED: 25,
  PROPOSAL: 50,
  NEGOTIATION: 65,
  CLOSING: 90,
  CLOSED_WON: 100,
  CLOSED_LOST: 0,
};

export const statusOf = (stage: DealStage): DealStatus =>
  stage === 'CLOSED_WON' ? 'WON' : stage === 'CLOSED_LOST' ? 'LOST' : 'ACTIVE';

export interface StageMove {
  readonly stage: DealStage;
  /** Needed for CLOSED_LOST, refused otherwise. */
  readonly lostReason?: string | undefined;
  /** `YYYY-MM-DD`, for closed stages; today in the organization's time zone unless told. */
  readonly actualCloseDate?: string | undefined;
  /** Of an open stage; that of {@link PROBABILITY} unless told. */
  readonly probability?: number | undefined;
  /** Where the caller believes the deal to be. */
  readonly expectedStage?: DealStage | undefined;
}

/**
 * Moves a deal to another stage, with what follows: status, day of closing, probability, an entry in its history. An
 * open stage of an abandoned deal takes it up again.
 *
 * Twice: the second finds the deal there and changes nothing. At once: the second waits, then starts from where the
 * first left the deal, unless it said where it expected it. One transaction, so there is no half.
 * @throws Refusal `NOT_FOUND`, `RECORD_ARCHIVED`, `DEAL_MOVED`, `MOVE_NOT_ALLOWED`, `LOST_REASON_MISSING`,
 *   `LOST_REASON_UNFIT`, `CLOSE_DATE_UNFIT`
 */
export function moveDeal(db: Db, dealId: string, move: StageMove): Promise<Deal> {
  return inTransaction(db, async (tx) => {
    const deal = await lockedDeal(tx, dealId);
    const { stage, expectedStage } = move;
    if (expectedStage !== undefined && deal.stage !== expectedStage && deal.stage !== stage)
      throw moved(deal);
    if (deal.stage === stage && deal.status === statusOf(stage)) return deal;
    requireMove('deal', DEAL_MOVES, deal.stage, stage, 'stage');
    const closed = statusOf(stage) !== 'ACTIVE';
    const lostReason = lostReasonFor(stage, move.lostReason);
    const probability = closed ? PROBABILITY[stage] : (move.probability ?? PROBABILITY[stage]);
    const after = await tx.deal.update({
      where: keyOf(tx, dealId),
      data: {
        stage,
        status: statusOf(stage),
        probability,
        lostReason,
        actualCloseDate: await closeDate(tx, closed, move.actualCloseDate),
      },
    });
    const { id, leadId, contactId } = after;
    const title = `Stage: ${deal.stage} → ${stage}`;
    await record(
      tx,
      { title, dealId: id, leadId, contactId },
      { kind: 'stage', from: deal.stage, to: stage, probability },
    );
    return after;
  });
}

/**
 * Gives a deal up without an outcome; it leaves board and forecast and keeps its stage. Twice: the second changes nothing.
 * @throws Refusal `NOT_FOUND`, `RECORD_ARCHIVED`, `DEAL_CLOSED`
 */
export function abandonDeal(db: Db, dealId: string, reason?: string): Promise<Deal> {
  return inTransaction(db, async (tx) => {
    const deal = await lockedDeal(tx, dealId);
    if (deal.status === 'ABANDONED') return deal;
    if (deal.status !== 'ACTIVE')
      throw new Refusal(
        'conflict',
        'DEAL_CLOSED',
        `"${deal.title}" is ${deal.status}.`,
        'Only open deals are abandoned.',
      );
    return tx.deal.update({
      where: keyOf(tx, dealId),
      data: { status: 'ABANDONED', lostReason: reason?.trim() || null },
    });
  });
}

async function lockedDeal(tx: Db, dealId: string): Promise<Deal> {
  if (!(await lockRow(tx, 'deal', dealId))) throw missing('deal');
  const deal = await tx.deal.findUniqueOrThrow({ where: keyOf(tx, dealId) });
  requireLive('deal', deal);
  return deal;
}

function moved(deal: Deal): Refusal {
  return new Refusal(
    'conflict',
    'DEAL_MOVED',
    `"${deal.title}" was moved meanwhile and is now in ${deal.stage}.`,
    'Load the board again, then move it.',
  );
}

function lostReasonFor(stage: DealStage, given: string | undefined): string | null {
  const reason = given?.trim();
  const fault = (code: string, message: string) =>
    new Refusal('invalid', code, message, 'Give lostReason with CLOSED_LOST, and with no other stage.', {
      fields: [{ field: 'lostReason', code, message }],
    });
  if (stage === 'CLOSED_LOST' && !reason) throw fault('LOST_REASON_MISSING', 'A lost deal needs the reason.');
  if (stage !== 'CLOSED_LOST' && reason)
    throw fault('LOST_REASON_UNFIT', 'Only a lost deal has a reason for it.');
  return reason || null;
}

/** The day on which a deal closed: not in the future, and none while it is open. */
export async function closeDate(db: Db, closed: boolean, given: unknown): Promise<Date | null> {
  const day = dayText(given);
  if (!closed && day === undefined) return null;
  const today = await todayOf(db);
  if (closed && (day === undefined || day <= today)) return dayOf(day ?? today);
  const message = closed ? `${day} is yet to come.` : 'A deal that is open has not closed.';
  throw new Refusal('invalid', 'CLOSE_DATE_UNFIT', message, 'Give the day on which it closed, or none.', {
    fields: [{ field: 'actualCloseDate', code: 'CLOSE_DATE_UNFIT', message }],
  });
}
