import type { CustomerStatus } from '../../generated/prisma/enums.ts';
import type { ModelRules } from '../../http/index.ts';
import { normalized } from './contact-data.ts';
import { requireAssignee } from './members.ts';
import { CUSTOMER_MOVES, requireMove } from './moves.ts';
import { keyOf, lockRow, missing, requireLive } from './rows.ts';
import { refuseIfUsed } from './usage.ts';

/** Client accounts move by their table of states; one with projects or appointments is archived, not deleted. */
export const customerRules: ModelRules = {
  model: 'Customer',
  closed: { archivedAt: 'Archive by POST /customers/{customerId}/archive, and back by /unarchive.' },
  create: async (db, values) => {
    await requireAssignee(db, values.assignedToId);
    return normalized(values);
  },
  update: async (db, before, changes) => {
    const id = before.id as string;
    if (!(await lockRow(db, 'customer', id))) throw missing('customer');
    const now = await db.customer.findUniqueOrThrow({ where: keyOf(db, id) });
    requireLive('customer', now);
    requireMove('customer', CUSTOMER_MOVES, now.status, (changes.status ?? now.status) as CustomerStatus);
    if (changes.assignedToId !== now.assignedToId) await requireAssignee(db, changes.assignedToId);
    return normalized(changes);
  },
  remove: (db, before) => refuseIfUsed(db, 'customer', before.id as string),
};
