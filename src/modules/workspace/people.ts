import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';

/**
 * The person who acts.
 * @throws Refusal `PERSON_NEEDED` where the system acts for the tenant
 */
export function actingPerson(db: Db): string {
  const { userId } = db.$tenant;
  if (userId) return userId;
  throw new Refusal(
    'unauthenticated',
    'PERSON_NEEDED',
    'This is recorded under the name of a person, and nobody is signed in.',
    'Sign in, or use a key that belongs to a person.',
  );
}

/**
 * Refuses who is not, or no longer, a member. Somebody who leaves in the same moment may still be chosen, as whoever left
 * later keeps what they had: a member cannot lock the memberships of others.
 * @param field of the input, for the form
 * @throws Refusal `NOT_A_MEMBER`
 */
export async function requireLiveMember(db: Db, userId: unknown, field: string): Promise<void> {
  const found = await db.organizationMember.findFirst({
    where: { userId: String(userId), leftAt: null },
    select: { userId: true },
  });
  if (found) return;
  const message = 'This person is not a member of the organization, or has left it.';
  throw new Refusal('invalid', 'NOT_A_MEMBER', message, 'Choose a person from the list of members.', {
    fields: [{ field, code: 'NOT_A_MEMBER', message }],
  });
}
