import { quoteIdent } from '../../database/quote.ts';
import { constantTruth } from './facts/condition.ts';
import { sqlName } from './facts/names.ts';
import { conditionsOf } from './facts/policies.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'policy-never-true',
  title: 'A policy admits no row',
  why: 'A policy whose condition never holds looks like access and is none. What nobody may do has no policy and no privilege.',
  mend: 'Say `@deny` in the model and drop the policy.',
  also: ['pgrls SEC010'],
  level: 'warning',
  async run({ facts }) {
    return (await facts.policies()).flatMap((policy) =>
      conditionsOf(policy)
        .filter(({ tree }) => constantTruth(tree) === false)
        .map(({ clause, sql }) => ({
          object: `${policy.object} ${clause}`,
          detail: `${clause} (${sql}) of ${policy.object} never holds.`,
          remedy: `say @deny in the model instead: \`DROP POLICY ${quoteIdent(policy.name)} ON ${sqlName(policy.table)};\``,
        })),
    );
  },
};
