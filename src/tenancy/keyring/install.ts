import type { ClientBase } from 'pg';
import { LotlineError } from '../../errors.ts';
import { type ContextKey, keyPads } from '../context.ts';
import { mirrorKeys } from './mirror.ts';
import { asOwner, KEYS_LOCK, readKeys } from './rows.ts';

/**
 * Makes the database accept contexts signed with the keys; the first is the one that signs. Twice is once. Ids only
 * grow, so a key that is missing below the newest one was retired and stays away: old settings on another machine must
 * not bring back a key that leaked. Another secret under the newest id replaces it, which ends the contexts signed
 * with the old one.
 * @param client a session of the owner, or of a role that may become it.
 * @throws LotlineError `CONTEXT_KEY_RETIRED` when the database does not accept the signing key afterwards.
 */
export async function installContextKeys(
  client: ClientBase,
  keys: readonly [ContextKey, ...ContextKey[]],
  owner = 'lotline_owner',
): Promise<void> {
  const rows = await asOwner(client, owner, async () => {
    await client.query(`SELECT pg_advisory_xact_lock(${KEYS_LOCK})`);
    for (const key of [...keys].sort((a, b) => a.id - b.id)) {
      const { inner, outer } = keyPads(key.secret);
      await client.query(
        `INSERT INTO app.context_keys AS held (id, inner_pad, outer_pad)
         SELECT $1, $2, $3 WHERE NOT EXISTS (SELECT FROM app.context_keys WHERE id > $1)
         ON CONFLICT (id) DO UPDATE SET inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad, created_at = now()
         WHERE held.expires_at IS NULL AND (held.inner_pad <> excluded.inner_pad OR held.outer_pad <> excluded.outer_pad)`,
        [key.id, inner, outer],
      );
    }
    const installed = await readKeys(client);
    await mirrorKeys(client, installed);
    return installed;
  });
  const [signing] = keys;
  const { inner, outer } = keyPads(signing.secret);
  const held = rows.find(
    (row) => row.id === signing.id && row.inner.equals(inner) && row.outer.equals(outer),
  );
  if (held?.live) return;
  throw new LotlineError(
    'CONTEXT_KEY_RETIRED',
    `The context key ${signing.id} of these settings is not accepted by the database any more; its newest key is ${rows[0]?.id}.`,
    '`npx lotline keys rotate` takes over the newest key of the database; with LOTLINE_CONTEXT_KEY it prints the value to set.',
  );
}

/** {@link installContextKeys} for one key. */
export function installContextKey(client: ClientBase, key: ContextKey, owner?: string): Promise<void> {
  return installContextKeys(client, [key], owner);
}
