import { quoteIdent } from '../../database/quote.ts';
import { sqlName, wordList } from './facts/names.ts';
import { applicationRoles } from './facts/roles.ts';
import type { Check } from './runner/check.ts';

// TRUNCATE empties all tenants, REFERENCES probes for hidden rows, TRIGGER runs code as whoever writes, MAINTAIN (17) locks.
const DANGEROUS = ['truncate', 'references', 'trigger', 'maintain'];

export const check: Check = {
  name: 'privilege-outside-policies',
  title: 'A privilege that no policy guards',
  why: 'Row security covers SELECT, INSERT, UPDATE and DELETE. TRUNCATE, REFERENCES, TRIGGER and MAINTAIN pass it by, and grant options spread.',
  mend: 'Revoke it: TRUNCATE, REFERENCES, TRIGGER, MAINTAIN, grant options.',
  also: ['safegres R1'],
  level: 'error',
  async run({ roles, facts }) {
    const held = (await facts.privileges()).filter((p) => p.kind !== 'S');
    const bound = new Set([...applicationRoles(roles), 'public']);
    const pairs = new Map<string, { table: string; grantee: string; privileges: Set<string> }>();
    for (const { table, grantee, privilege, grantable } of held) {
      if (!bound.has(grantee) || !(DANGEROUS.includes(privilege) || grantable)) continue;
      const object = `${table} ${grantee}`;
      if (!pairs.has(object)) pairs.set(object, { table, grantee, privileges: new Set() });
      pairs.get(object)!.privileges.add(grantable ? `${privilege} with grant option` : privilege);
    }
    return [...pairs].map(([object, { table, grantee, privileges }]) => {
      const role = grantee === 'public' ? 'PUBLIC' : quoteIdent(grantee);
      const taken = [...privileges].map((p) =>
        p.endsWith('option') ? `GRANT OPTION FOR ${p.split(' ')[0]!.toUpperCase()}` : p.toUpperCase(),
      );
      const statements = taken.map((p) => `REVOKE ${p} ON ${sqlName(table)} FROM ${role};`);
      return {
        object,
        detail: `${role} holds ${wordList([...privileges])} on ${table}.`,
        remedy: `take it back: \`${statements.join(' ')}\``,
      };
    });
  },
};
