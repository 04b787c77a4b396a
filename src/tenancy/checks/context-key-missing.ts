import { quoteIdent } from '../../database/quote.ts';
import { CONTEXT_KEYS } from './facts/names.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'context-key-missing',
  title: 'No key verifies the context',
  why: 'Without a live key the database refuses every signed context, so the application can do nothing for any tenant.',
  mend: 'Install a key; `npm start` does it for this project.',
  also: [],
  level: 'error',
  async run({ client, roles }) {
    const { rows: state } = await client.query<{ present: boolean; allowed: boolean; missing: boolean }>(
      `SELECT to_regclass($1) IS NOT NULL AS present, r.oid IS NULL AS missing,
         r.oid IS NOT NULL AND pg_has_role(r.oid, 'MEMBER') AND has_table_privilege(r.oid, to_regclass($1), 'SELECT') AS allowed
       FROM (VALUES (1)) one LEFT JOIN pg_roles r ON r.rolname = $2`,
      [CONTEXT_KEYS, roles.owner],
    );
    const { present = false, allowed = false } = state[0] ?? {};
    if (!present) {
      return [
        {
          object: CONTEXT_KEYS,
          detail: `${CONTEXT_KEYS} is not in the database.`,
          remedy: 'apply what is pending: npm run db:apply',
        },
      ];
    }
    if (!allowed) return [];
    // Forced row security lets nobody but the owner see the keys.
    await client.query(`SET LOCAL ROLE ${quoteIdent(roles.owner)}`);
    const { rows } = await client.query<{ live: number }>(
      `SELECT count(*)::int AS live FROM ${CONTEXT_KEYS} WHERE expires_at IS NULL OR expires_at > now()`,
    );
    await client.query('SET LOCAL ROLE NONE');
    if (rows[0]!.live > 0) return [];
    return [
      {
        object: CONTEXT_KEYS,
        detail: `${CONTEXT_KEYS} holds no key that is valid now.`,
        remedy:
          'npm start installs the key of this project; with an external server set LOTLINE_CONTEXT_KEY first',
      },
    ];
  },
};
