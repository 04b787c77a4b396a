import { quoteIdent } from '../../database/quote.ts';
import { sqlName, wordList } from './facts/names.ts';
import { applicationRoles } from './facts/roles.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'view-writable',
  title: 'The application may write through a view',
  why: 'A simple view can be written through, with the rights of its owner and past the columns that the schema protects.',
  mend: 'Revoke writing on the view; write to the tables.',
  also: ['safegres L9', 'safegres L18'],
  level: 'error',
  async run({ roles, facts }) {
    const bound = new Set([...applicationRoles(roles), 'public']);
    const held = (await facts.privileges()).filter(
      (p) => p.kind === 'v' && bound.has(p.grantee) && ['insert', 'update', 'delete'].includes(p.privilege),
    );
    const pairs = new Map(held.map((p) => [`${p.table} ${p.grantee}`, p]));
    return [...pairs].map(([object, { table, grantee }]) => {
      const role = grantee === 'public' ? 'PUBLIC' : quoteIdent(grantee);
      const privileges = [
        ...new Set(held.filter((p) => p.table === table && p.grantee === grantee).map((p) => p.privilege)),
      ];
      return {
        object,
        detail: `${role} holds ${wordList(privileges)} on the view ${table}.`,
        remedy: `write to the tables: \`REVOKE ${privileges.join(', ').toUpperCase()} ON ${sqlName(table)} FROM ${role};\``,
      };
    });
  },
};
