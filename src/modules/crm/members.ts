import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';

/**
 * Work is given only to members who have not left. Takes no lock, since members may not lock memberships: who leaves at the
 * very moment keeps what was given then, as with what was given before.
 * @throws Refusal `ASSIGNEE_NOT_A_MEMBER`
 */
export async function requireAssignee(db: Db, userId: unknown): Promise<void> {
  if (userId === undefined || userId === null) return;
  const here = await db.organizationMember.count({ where: { userId: userId as string, leftAt: null } });
  if (here > 0) return;
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
  throw new Refusal(
    'forbidden',
    'PERSON_MISSING',
    'This needs a person who does it.',
    'Sign in as a member.',
  );
}
