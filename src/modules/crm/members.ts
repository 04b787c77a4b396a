import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';

/**
 * Work is given only to members who have not left. Locks the membership, so that somebody who leaves at the same moment
 * does so before (refused) or after.
 * @throws Refusal `ASSIGNEE_NOT_A_MEMBER`
 */
export async function requireAssignee(db: Db, userId: unknown): Promise<void> {
  if (userId === undefined || userId === null) return;
  const rows = await db.$queryRaw<unknown[]>`
    SELECT user_id FROM organization_members WHERE user_id = ${userId}::uuid AND left_at IS NULL FOR KEY SHARE`;
  if (rows.length > 0) return;
  const message = 'This person is not a member of the organization, or has left it.';
  throw new Refusal('invalid', 'ASSIGNEE_NOT_A_MEMBER', message, 'Choose one of its present members.', {
    fields: [{ field: 'assignedToId', code: 'ASSIGNEE_NOT_A_MEMBER', message }],
  });
}

/**
 * Who acts, as author of what is written.
 * @throws Refusal `PERSON_MISSING` for work without a person
 */
export function requireActor(db: Db): string {
  if (db.$tenant.userId) return db.$tenant.userId;
  throw new Refusal('forbidden', 'PERSON_MISSING', 'This needs a person who does it.', 'Sign in as a member.');
}
