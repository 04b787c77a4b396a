import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import type { LeadStatus } from '../../generated/prisma/enums.ts';
import type { ModelRules, Plan, Values } from '../../http/index.ts';
import { normalized } from './contact-data.ts';
import { mayScore, scoreOf } from './lead-scoring.ts';
import { requireAssignee } from './members.ts';
import { LEAD_MOVES, requireMove } from './moves.ts';
import { keyOf, lockRow, missing, requireLive } from './rows.ts';
import { refuseIfUsed } from './usage.ts';

const SCORED =
  'Scores are worked out from the lead and what was done with it: POST /leads/{leadId}/score explains one.';

/** A lead is scored whenever it changes, its assignee is a member, and only conversion makes it CONVERTED. */
export const leadRules: ModelRules = {
  model: 'Lead',
  closed: {
    score: SCORED,
    scoreValue: SCORED,
    archivedAt: 'Archive by POST /leads/{leadId}/archive, and back by /unarchive.',
  },
  create: async (db, values, plan) => {
    const lead = normalized(values);
    if (lead.status === 'CONVERTED') throw conversionOnly();
    await requireAssignee(db, lead.assignedToId);
    return { ...lead, ...(await scores(db, lead, plan)) };
  },
  // The row is locked and read anew: a conversion may have committed since it was read.
  update: async (db, before, values, plan) => {
    const id = before.id as string;
    if (!(await lockRow(db, 'lead', id))) throw missing('lead');
    const now = await db.lead.findUniqueOrThrow({ where: keyOf(db, id) });
    requireLive('lead', now);
    const changes = normalized(values);
    const status = (changes.status ?? now.status) as LeadStatus;
    if (status === 'CONVERTED' && now.status !== 'CONVERTED') throw conversionOnly();
    requireMove('lead', LEAD_MOVES, now.status, status);
    if (changes.assignedToId !== now.assignedToId) await requireAssignee(db, changes.assignedToId);
    if (now.status === 'CONVERTED') return changes;
    return { ...changes, ...(await scores(db, { ...now, ...changes }, plan)) };
  },
  remove: (db, before) => refuseIfUsed(db, 'lead', before.id as string),
};

async function scores(db: Db, lead: Values, plan: Plan | undefined): Promise<Values> {
  if (!(await mayScore(db, plan))) return {};
  const { value, score } = await scoreOf(db, lead);
  return { score, scoreValue: value };
}

function conversionOnly(): Refusal {
  return new Refusal(
    'invalid',
    'CONVERSION_ONLY',
    'A lead becomes CONVERTED by its conversion to a contact and a deal.',
    'POST /leads/{leadId}/convert.',
    { fields: [{ field: 'status', code: 'CONVERSION_ONLY', message: 'POST /leads/{leadId}/convert' }] },
  );
}
