import { quoteIdent } from '../../database/quote.ts';
import { constantTruth } from './facts/condition.ts';
import { sqlName } from './facts/names.ts';
import { conditionsOf } from './facts/policies.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'restrictive-always-true',
  title: 'A restrictive policy restricts nothing',
  why: 'Restrictive policies are joined with AND: one that always holds looks like a floor in every listing and is none.',
  mend: 'Drop the policy, or give it its condition back.',
  also: ['pgrls SEC031'],
  level: 'error',
  async run({ facts }) {
    return (await facts.policies())
      .filter((p) => !p.permissive)
      .flatMap((policy) =>
        conditionsOf(policy)
          .filter(({ tree }) => constantTruth(tree) === true)
          .map(({ clause, sql }) => ({
            object: `${policy.object} ${clause}`,
            detail: `${clause} (${sql}) of the restrictive policy ${policy.object} holds for every row.`,
            remedy: `npm run db:sync prints what is declared; if nothing is: \`DROP POLICY ${quoteIdent(policy.name)} ON ${sqlName(policy.table)};\``,
          })),
      );
  },
};
