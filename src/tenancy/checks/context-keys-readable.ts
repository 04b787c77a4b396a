import { quoteIdent } from '../../database/quote.ts';
import { CONTEXT_KEYS, sqlName, wordList } from './facts/names.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'context-keys-readable',
  title: 'Others than the owner may read the context keys',
  why: 'Whoever reads a key can sign a context for any tenant. Whoever writes one can bring a key of their own.',
  mend: 'Revoke the privilege, then replace the keys, for they may have been read.',
  also: [],
  level: 'error',
  async run({ roles, facts }) {
    const table = (await facts.tables()).find((t) => t.label === CONTEXT_KEYS);
    const held = (await facts.privileges()).filter(
      (p) => p.table === CONTEXT_KEYS && p.grantee !== roles.owner,
    );
    const strangers = [...new Set(held.map((p) => p.grantee))].map((grantee) => {
      const role = grantee === 'public' ? 'PUBLIC' : quoteIdent(grantee);
      const privileges = [...new Set(held.filter((p) => p.grantee === grantee).map((p) => p.privilege))];
      return {
        object: `${CONTEXT_KEYS} ${grantee}`,
        detail: `${role} holds ${wordList(privileges)} on ${CONTEXT_KEYS}.`,
        remedy: `take it back, then replace the keys: \`REVOKE ALL ON ${sqlName(CONTEXT_KEYS)} FROM ${role};\``,
      };
    });
    if (!table || table.owner === roles.owner) return strangers;
    return [
      ...strangers,
      {
        object: CONTEXT_KEYS,
        detail: `${CONTEXT_KEYS} belongs to ${table.owner}, which can read every key.`,
        remedy: `hand it over, then replace the keys: \`ALTER TABLE ${sqlName(CONTEXT_KEYS)} OWNER TO ${quoteIdent(roles.owner)};\``,
      },
    ];
  },
};
