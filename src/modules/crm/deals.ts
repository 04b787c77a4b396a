import { Refusal } from '../../errors.ts';
import type { DealStage, DealStatus } from '../../generated/prisma/enums.ts';
import type { ModelRules } from '../../http/index.ts';
import { normalized } from './contact-data.ts';
import { closeDate, PROBABILITY, statusOf } from './deal-stages.ts';
import { requireAssignee } from './members.ts';
import { keyOf, lockRow, missing, requireLinks, requireLive, requireUnchanged } from './rows.ts';
import { refuseIfUsed } from './usage.ts';

const MOVE = 'Move the deal by POST /deals/{dealId}/stage, or give it up by /abandon.';
const FIXED = { stage: MOVE, status: MOVE, actualCloseDate: MOVE, lostReason: MOVE };

/**
 * A deal may be created in any stage, as imports need it; status, probability and day of closing follow from the stage.
 * Afterwards the stage moves by its own route alone.
 */
export const dealRules: ModelRules = {
  model: 'Deal',
  closed: { archivedAt: 'Archive by POST /deals/{dealId}/archive, and back by /unarchive.' },
  create: async (db, values) => {
    const deal = normalized(values);
    const stage = (deal.stage ?? 'LEAD') as DealStage;
    const status = (deal.status ?? statusOf(stage)) as DealStatus;
    const closed = statusOf(stage) !== 'ACTIVE';
    if (status !== statusOf(stage) && !(status === 'ABANDONED' && !closed)) {
      const message = `A deal in ${stage} is ${statusOf(stage)}, not ${status}.`;
      throw new Refusal(
        'invalid',
        'STATUS_UNFIT',
        message,
        'Leave the status out; it follows from the stage.',
        {
          fields: [{ field: 'status', code: 'STATUS_UNFIT', message }],
        },
      );
    }
    if (deal.lostReason && status !== 'LOST' && status !== 'ABANDONED') {
      const message = 'Only a deal that is lost or abandoned has a reason for it.';
      throw new Refusal('invalid', 'LOST_REASON_UNFIT', message, 'Leave lostReason out.', {
        fields: [{ field: 'lostReason', code: 'LOST_REASON_UNFIT', message }],
      });
    }
    await requireAssignee(db, deal.assignedToId);
    await requireLinks(db, deal);
    const probability = closed ? PROBABILITY[stage] : (deal.probability ?? PROBABILITY[stage]);
    return {
      ...deal,
      stage,
      status,
      probability,
      actualCloseDate: await closeDate(db, closed, deal.actualCloseDate),
    };
  },
  update: async (db, before, values) => {
    const id = before.id as string;
    const changes = normalized(values);
    // Leads, contacts and listings are locked before the deal.
    const relinked = Object.fromEntries(
      Object.entries(changes).filter(([field, value]) => value !== before[field]),
    );
    await requireLinks(db, relinked);
    if (!(await lockRow(db, 'deal', id))) throw missing('deal');
    const now = await db.deal.findUniqueOrThrow({ where: keyOf(db, id) });
    requireLive('deal', now);
    requireUnchanged(now, changes, FIXED);
    if (now.status === 'WON' || now.status === 'LOST') {
      requireUnchanged(now, changes, { probability: 'A closed deal is certain; reopen it first.' });
    }
    await requireAssignee(db, relinked.assignedToId);
    return changes;
  },
  remove: (db, before) => refuseIfUsed(db, 'deal', before.id as string),
};
