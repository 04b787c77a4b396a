import { quoteIdent } from '../../database/quote.ts';
import { sqlName } from './facts/names.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'policy-undeclared',
  title: 'A policy that the schema does not know',
  why: 'Permissive policies are joined with OR: one that somebody added by hand opens rows, under whatever name, and no review has seen it.',
  mend: 'Declare it with `@allow`, or drop it.',
  also: ['pgrls HYG002'],
  level: 'error',
  async run({ boundary, facts }) {
    const declared = new Map(boundary.models.map((m) => [m.table, new Set(m.policies.map((p) => p.name))]));
    return (await facts.policies())
      .filter(({ table, name }) => declared.get(table)?.has(name) === false)
      .map(({ object, table, name, operation, roles }) => ({
        object,
        detail: `${object} (${operation} to ${roles.join(', ')}) is in the database, but no model declares it.`,
        remedy: `declare it with @allow, or: \`DROP POLICY ${quoteIdent(name)} ON ${sqlName(table)};\``,
      }));
  },
};
