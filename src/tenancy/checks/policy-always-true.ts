import { quoteIdent } from '../../database/quote.ts';
import { constantTruth } from './facts/condition.ts';
import { sqlName } from './facts/names.ts';
import { conditionsOf } from './facts/policies.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'policy-always-true',
  title: 'A policy admits every row',
  why: 'A condition that holds for every row (true, … OR true, 1 = 1) is no condition. Only the platform role has such a policy.',
  mend: 'Drop the policy, or give it the declared condition.',
  also: [
    'splinter 0024',
    'pgrls SEC008',
    'pgrls SEC011',
    'pgrls SEC020',
    'pgrls SEC028',
    'safegres A7',
    'safegres A8',
  ],
  level: 'error',
  async run({ boundary, roles, facts }) {
    const exempt = new Set([roles.platform, roles.owner]);
    return (await facts.policies()).flatMap((policy) => {
      if (!policy.permissive || policy.roles.every((r) => exempt.has(r))) return [];
      return conditionsOf(policy)
        .filter(({ tree }) => constantTruth(tree) === true)
        .filter(({ clause }) => !isDeclaredOpen(policy.table, policy.name, clause))
        .map(({ clause, sql }) => ({
          object: `${policy.object} ${clause}`,
          detail: `${clause} (${sql}) of ${policy.object} holds for every row, for ${policy.roles.join(', ')}.`,
          remedy: `if nobody needs it: \`DROP POLICY ${quoteIdent(policy.name)} ON ${sqlName(policy.table)};\` Otherwise npm run db:sync prints what is declared`,
        }));
    });

    // Rows of the platform may be meant for everybody: @scope platform(true).
    function isDeclaredOpen(table: string, name: string, clause: string): boolean {
      const model = boundary.models.find((m) => m.table === table && m.scope === 'platform');
      return (
        clause === 'USING' &&
        model?.policies
          .find((p) => p.name === name)
          ?.using?.trim()
          .toLowerCase() === 'true'
      );
    }
  },
};
