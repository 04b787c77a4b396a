import type { Pool } from 'pg';

/** Removes what has expired. Any number of processes may do it at once, and a half of it is fine. */
export async function tidy(pool: Pool): Promise<void> {
  await pool.query('DELETE FROM auth.attempts WHERE resets_at < now()');
  await pool.query("DELETE FROM auth.verifications WHERE expires_at < now() - interval '1 day'");
  await pool.query('DELETE FROM auth.sessions WHERE expires_at < now()');
  // Sign-ups that nobody confirmed; the link of each held for an hour.
  await pool.query(
    "DELETE FROM auth.users WHERE NOT email_verified AND created_at < now() - interval '7 days'",
  );
}
