import type { Pool } from 'pg';
import { Refusal } from '../errors.ts';
import type { Membership } from './entrance.ts';
import type { Person } from './principal.ts';
import { SLUG, slugOf } from './slug.ts';

/**
 * Makes an organization that the person owns, on the trial. Twice with one address: the second is refused.
 * @param input `name` of 1 to 200 characters; `slug`, the address, follows from the name unless given
 * @throws Refusal `ORGANIZATION_INPUT_INVALID`, `SLUG_TAKEN`, `PERSON_INACTIVE`, `KEY_NOT_ENOUGH`
 */
export async function createOrganization(
  pool: Pool,
  person: Person,
  input: { readonly name: string; readonly slug?: string },
): Promise<Membership> {
  if (person.via !== 'session')
    throw new Refusal(
      'forbidden',
      'KEY_NOT_ENOUGH',
      'An API key makes no organization.',
      'Sign in as the person.',
    );
  const name = input.name.trim();
  const slug = input.slug ?? slugOf(name);
  const faults = [
    ...(name.length < 1 || name.length > 200 || /\p{Cc}/u.test(name)
      ? [{ field: 'name', code: 'length', message: 'must have 1 to 200 characters' }]
      : []),
    ...(slug.length < 3 || slug.length > 63 || !SLUG.test(slug)
      ? [
          {
            field: 'slug',
            code: 'format',
            message: 'must have 3 to 63 small letters, digits and single hyphens',
          },
        ]
      : []),
  ];
  if (faults.length > 0)
    throw new Refusal(
      'invalid',
      'ORGANIZATION_INPUT_INVALID',
      'The organization cannot be made.',
      'Correct the fields named.',
      {
        fields: faults,
      },
    );
  try {
    const { rows } = await pool.query<{ id: string }>('SELECT app.create_organization($1, $2, $3) AS id', [
      name,
      slug,
      person.userId,
    ]);
    return { organizationId: rows[0]!.id, name, slug, role: 'OWNER' };
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === '23505')
      throw new Refusal('conflict', 'SLUG_TAKEN', `The address "${slug}" is taken.`, 'Choose another one.', {
        fields: [{ field: 'slug', code: 'taken', message: 'is taken' }],
        cause: error,
      });
    if (code === '42501')
      throw new Refusal('forbidden', 'PERSON_INACTIVE', 'Your account is not active.', 'Sign in again.', {
        cause: error,
      });
    throw error;
  }
}
