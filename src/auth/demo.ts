import { hashPassword } from 'better-auth/crypto';
import type { ClientBase } from 'pg';

/** The password of everybody in the demo. */
export const DEMO_PASSWORD = 'quill-marsh-oddfern-1';

/**
 * Gives the demo's people accounts with a verified e-mail and this password. Only people that the seed made are touched
 * (their subject begins with `demo|`), and each once: a repeated call makes nothing.
 * @param client a session of lotline_platform, outside a transaction
 * @returns how many accounts were made
 */
export async function seedSignIns(
  client: ClientBase,
  people: readonly { readonly email: string }[],
  password: string = DEMO_PASSWORD,
): Promise<number> {
  await client.query('BEGIN');
  try {
    // Two seeds at once: the second waits and finds nothing left to do.
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended('demo sign-ins', 0))");
    const made = await makeAccounts(
      client,
      people.map((p) => p.email),
      password,
    );
    await client.query('COMMIT');
    return made;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

async function makeAccounts(
  client: ClientBase,
  people: readonly string[],
  password: string,
): Promise<number> {
  const { rows } = await client.query<{ email: string }>(
    `SELECT p.email FROM public.users AS p WHERE p.email = ANY ($1) AND p.auth_subject LIKE 'demo|%'
       AND NOT EXISTS (SELECT FROM auth.users AS u WHERE u.email = p.email)`,
    [people],
  );
  if (rows.length === 0) return 0;
  const emails = rows.map((r) => r.email);
  // One for all: a hash takes as long as it should against guessing, and this password is known anyway.
  const hash = await hashPassword(password);
  const made = await client.query(
    `WITH freed AS (
       UPDATE public.users AS p SET auth_subject = gen_random_uuid()::text WHERE p.email = ANY ($1)
       RETURNING p.auth_subject AS id, coalesce(p.name, p.email) AS name, p.email
     ), account AS (
       INSERT INTO auth.users (id, name, email) SELECT id, name, email FROM freed RETURNING id
     )
     INSERT INTO auth.accounts (id, account_id, provider_id, user_id, password)
     SELECT gen_random_uuid()::text, id, 'credential', id, $2 FROM account`,
    [emails, hash],
  );
  // A statement of its own, so that the trigger which ties accounts to people sees the people.
  await client.query('UPDATE auth.users SET email_verified = true WHERE email = ANY ($1)', [emails]);
  return made.rowCount ?? 0;
}
