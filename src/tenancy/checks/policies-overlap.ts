import { wordList } from './facts/names.ts';
import { applicationRoles } from './facts/roles.ts';
import type { Check } from './runner/check.ts';

const OPERATIONS = ['select', 'insert', 'update', 'delete'];

export const check: Check = {
  name: 'policies-overlap',
  title: 'Several policies admit the same role to the same operation',
  why: 'They are joined with OR and all evaluated for each row: the widest decides, and whoever reads one does not see the others.',
  mend: 'Write one policy with the whole condition.',
  also: ['splinter 0006', 'pgrls HYG003'],
  level: 'warning',
  async run({ roles, facts }) {
    const policies = (await facts.policies()).filter((p) => p.permissive);
    return [...new Set(policies.map((p) => p.table))].flatMap((table) =>
      applicationRoles(roles).flatMap((role) =>
        OPERATIONS.flatMap((operation) => {
          const own = policies.filter(
            (p) =>
              p.table === table &&
              (p.roles.includes(role) || p.roles.includes('public')) &&
              ['all', operation].includes(p.operation),
          );
          if (own.length < 2) return [];
          return [
            {
              object: `${table} ${role} ${operation}`,
              detail: `${wordList(own.map((p) => p.name))} all admit ${role} to ${operation} on ${table}.`,
              remedy: 'write one @allow with the whole condition',
            },
          ];
        }),
      ),
    );
  },
};
