import type { Db } from '../../db.ts';
import type { DealStage } from '../../generated/prisma/enums.ts';
import { recordedIn } from './chronicle.ts';
import { keyOf, missing } from './rows.ts';

export interface StageEntry {
  /** Null where the deal began. */
  readonly from: DealStage | null;
  readonly to: DealStage;
  /** When it came there, ISO 8601. */
  readonly at: string;
  /** Who moved it; null where the deal began. */
  readonly byId: string | null;
  readonly probability: number | null;
  /** Until the next move or now. */
  readonly secondsInStage: number;
}

/**
 * The stages a deal went through, oldest first. The first is where it began.
 * @throws Refusal `NOT_FOUND`
 */
export async function dealHistory(db: Db, dealId: string): Promise<StageEntry[]> {
  const deal = await db.deal.findUnique({ where: keyOf(db, dealId) });
  if (!deal) throw missing('deal');
  const entries = await db.activity.findMany({
    where: { dealId, type: 'NOTE', outcome: { startsWith: '{"crm":' } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { outcome: true, createdAt: true, createdById: true },
  });
  const moves = entries.flatMap(({ outcome, createdAt, createdById }) => {
    const recorded = recordedIn(outcome);
    return recorded?.kind === 'stage' ? [{ ...recorded, at: createdAt, byId: createdById }] : [];
  });
  const began = {
    from: null,
    to: moves[0]?.from ?? deal.stage,
    at: deal.createdAt,
    byId: null,
    probability: null,
  };
  const steps = [began, ...moves];
  return steps.map(({ from, to, at, byId, probability }, i) => {
    const until = steps[i + 1]?.at ?? new Date();
    const secondsInStage = Math.max(0, Math.floor((until.getTime() - at.getTime()) / 1000));
    return { from, to, at: at.toISOString(), byId, probability, secondsInStage };
  });
}
