import type { ModelRules } from '../../http/index.ts';
import { normalized } from './contact-data.ts';
import { requireAssignee } from './members.ts';
import { requireRoomFor } from './plan-room.ts';
import { keyOf, lockRow, missing, requireLive } from './rows.ts';
import { refuseIfUsed } from './usage.ts';

/** E-mail and telephone are kept in one form, the plan limits how many there are, an archived contact is only read. */
export const contactRules: ModelRules = {
  model: 'Contact',
  closed: { archivedAt: 'Archive by POST /contacts/{contactId}/archive, and back by /unarchive.' },
  create: async (db, values, plan) => {
    await requireAssignee(db, values.assignedToId);
    await requireRoomFor(db, plan, 'contacts');
    return normalized(values);
  },
  update: async (db, before, changes) => {
    const id = before.id as string;
    if (!(await lockRow(db, 'contact', id))) throw missing('contact');
    const now = await db.contact.findUniqueOrThrow({ where: keyOf(db, id) });
    requireLive('contact', now);
    if (changes.assignedToId !== now.assignedToId) await requireAssignee(db, changes.assignedToId);
    return normalized(changes);
  },
  remove: (db, before) => refuseIfUsed(db, 'contact', before.id as string),
};
