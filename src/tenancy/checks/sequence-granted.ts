import { quoteIdent } from '../../database/quote.ts';
import { sqlName, wordList } from './facts/names.ts';
import { applicationRoles } from './facts/roles.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'sequence-granted',
  title: 'Tenants share a sequence',
  why: 'A sequence has no rows to protect: who may use it sees how much all tenants write, and may reset it for all of them.',
  mend: 'Use keys of `app.uuid_v7()` or a counter per tenant, and revoke.',
  also: ['safegres L16'],
  level: 'error',
  async run({ roles, facts }) {
    const bound = new Set([...applicationRoles(roles), 'public']);
    const held = (await facts.privileges()).filter((p) => p.kind === 'S' && bound.has(p.grantee));
    const pairs = new Map(held.map((p) => [`${p.table} ${p.grantee}`, p]));
    return [...pairs].map(([object, { table, grantee }]) => {
      const role = grantee === 'public' ? 'PUBLIC' : quoteIdent(grantee);
      const privileges = held
        .filter((p) => p.table === table && p.grantee === grantee)
        .map((p) => p.privilege);
      return {
        object,
        detail: `${role} holds ${wordList(privileges)} on the sequence ${table}.`,
        remedy: `use keys of app.uuid_v7() or a counter per tenant: \`REVOKE ALL ON SEQUENCE ${sqlName(table)} FROM ${role};\``,
      };
    });
  },
};
