import { connectTo } from '../../database/client.ts';
import { keyStore } from '../../database/connect.ts';
import { asOwner, keyPads, readKeys } from '../../tenancy/index.ts';
import type { Command } from '../command.ts';
import { withSession } from '../session.ts';

export const command: Command = {
  name: 'lotline keys list',
  summary: 'Shows the keys that contexts of tenants are verified with, and which of them signs. No secrets.',
  options: { json: { type: 'boolean', help: 'print one JSON object' } },
  exits: { 0: 'the database accepts the key that signs', 1: 'it does not: every tenant is refused' },
  run: ({ json }) =>
    withSession(Boolean(json), async ({ config, database, progress }) => {
      const signing = (await keyStore(config, database)).read()[0];
      const pads = keyPads(signing.secret);
      const client = await connectTo(database.urls.owner);
      try {
        const rows = await asOwner(client, 'lotline_owner', () => readKeys(client));
        const keys = rows.map(({ id, createdAt, expiresAt, live, inner }) => {
          const signs = id === signing.id && inner.equals(pads.inner);
          return { id, state: !live ? 'ended' : signs ? 'signs' : 'verifies', createdAt, expiresAt };
        });
        const ok = keys.some((key) => key.state === 'signs');
        progress.done();
        if (json) console.log(JSON.stringify({ ok, keys }, null, 2));
        else {
          for (const key of keys) {
            const until = key.expiresAt ? `  until ${key.expiresAt.toISOString()}` : '';
            console.log(
              `${String(key.id).padStart(4)}  ${key.state.padEnd(8)}  made ${key.createdAt.toISOString()}${until}`,
            );
          }
          if (!ok) {
            console.log(
              `The key of these settings, ${signing.id}, is not accepted.\n  → npm run db:apply installs a new one; npx lotline keys rotate takes over the newest of the database`,
            );
          }
        }
        return ok ? 0 : 1;
      } finally {
        await client.end();
      }
    }),
};
