import type { ClientBase } from 'pg';
import { type ContextKey, keyPads } from '../tenancy/index.ts';

/**
 * Makes the database accept contexts signed with the key. Twice is once; another secret under a known id replaces it,
 * which ends every context signed with the old one.
 * @param client a session of the owner, or of a role that may become it.
 */
export async function installContextKey(
  client: ClientBase,
  key: ContextKey,
  owner = 'lotline_owner',
): Promise<void> {
  const { inner, outer } = keyPads(key.secret);
  await client.query('BEGIN');
  try {
    await client.query(`SET LOCAL ROLE ${owner}`);
    await client.query(
      `INSERT INTO app.context_keys AS held (id, inner_pad, outer_pad) VALUES ($1, $2, $3)
       ON CONFLICT (id) DO UPDATE SET inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad, created_at = now()
       WHERE held.inner_pad <> excluded.inner_pad OR held.outer_pad <> excluded.outer_pad`,
      [key.id, inner, outer],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}
