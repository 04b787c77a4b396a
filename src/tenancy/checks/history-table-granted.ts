import { quoteIdent } from '../../database/quote.ts';
import { HISTORY, sqlName, wordList } from './facts/names.ts';
import { applicationRoles } from './facts/roles.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'history-table-granted',
  title: 'The migration history is open to the application',
  why: 'The history has no row security. Who can write it can make the next deployment leave a migration out.',
  mend: '`REVOKE ALL` on the history.',
  also: [],
  level: 'error',
  async run({ roles, facts }) {
    const held = (await facts.privileges()).filter((p) => p.table === HISTORY);
    return [...applicationRoles(roles), 'public'].flatMap((role) => {
      const privileges = [...new Set(held.filter((p) => p.grantee === role).map((p) => p.privilege))];
      if (privileges.length === 0) return [];
      const from = role === 'public' ? 'PUBLIC' : quoteIdent(role);
      return [
        {
          object: `${HISTORY} ${role}`,
          detail: `${from} holds ${wordList(privileges)} on ${HISTORY}.`,
          remedy: `take it back: \`REVOKE ALL ON ${sqlName(HISTORY)} FROM ${from};\``,
        },
      ];
    });
  },
};
