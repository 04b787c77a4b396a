import { quoteIdent } from '../../database/quote.ts';
import { constantTruth } from './facts/condition.ts';
import { sqlName } from './facts/names.ts';
import { conditionsOf } from './facts/policies.ts';
import { withoutContext } from './facts/without-context.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'policy-open-without-context',
  title: 'A policy admits whoever has not signed in',
  why: 'Without a context its functions are null. A condition that is true then (x IS NULL OR …) opens the table to a session that set nothing.',
  mend: 'Take the branch away: who has no context sees nothing.',
  also: ['pgrls SEC004', 'pgrls SEC038'],
  level: 'error',
  async run({ facts }) {
    return (await facts.policies())
      .filter((p) => p.permissive)
      .flatMap((policy) =>
        conditionsOf(policy)
          .filter(({ tree }) => constantTruth(tree) === undefined && withoutContext(tree) === 'true')
          .map(({ clause, sql }) => ({
            object: `${policy.object} ${clause}`,
            detail: `${clause} of ${policy.object} is true where no context is set: ${sql}`,
            remedy: `take away what holds without a context; npm run db:sync prints the declared policy, or: \`DROP POLICY ${quoteIdent(policy.name)} ON ${sqlName(policy.table)};\``,
          })),
      );
  },
};
