import { functionCalls } from './facts/condition.ts';
import { conditionsOf } from './facts/policies.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'policy-reads-setting',
  title: 'A policy believes a setting that anybody can set',
  why: 'Any SQL can SET a custom setting, so a policy on it can be talked into any tenant. The functions of the signed context verify first.',
  mend: 'Use the functions of the signed context; a bypass belongs to a role.',
  also: ['pgrls SEC019', 'pgrls SEC024', 'pgrls SEC055'],
  level: 'error',
  async run({ facts }) {
    return (await facts.policies()).flatMap((policy) =>
      conditionsOf(policy)
        .filter(({ tree }) => functionCalls(tree).some((c) => c.name === 'pg_catalog.current_setting'))
        .map(({ clause }) => ({
          object: `${policy.object} ${clause}`,
          detail: `${clause} of ${policy.object} reads a setting with current_setting(), which the session itself can change.`,
          remedy:
            'use ORG, SELF(column) or ADMIN, which read the signed context; a bypass belongs to a role, not to a setting',
        })),
    );
  },
};
