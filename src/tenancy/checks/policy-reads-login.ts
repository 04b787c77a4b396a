import { nameOf, walk } from './facts/condition.ts';
import { conditionsOf } from './facts/policies.ts';
import type { Check } from './runner/check.ts';

const LOGIN = ['SVFOP_CURRENT_USER', 'SVFOP_USER', 'SVFOP_SESSION_USER', 'SVFOP_CURRENT_ROLE'];

export const check: Check = {
  name: 'policy-reads-login',
  title: 'A policy compares the login role',
  why: 'All tenants log in as one role, so current_user and session_user are the same for every one of them.',
  mend: 'Compare with the signed context, and name roles with TO.',
  also: ['pgrls SEC018', 'safegres P5'],
  level: 'error',
  async run({ facts }) {
    return (await facts.policies()).flatMap((policy) =>
      conditionsOf(policy)
        .filter(({ tree }) => readsLogin(tree))
        .map(({ clause }) => ({
          object: `${policy.object} ${clause}`,
          detail: `${clause} of ${policy.object} depends on the login role, which is the same for all tenants.`,
          remedy: 'compare with the signed context (ORG, SELF(column), ADMIN), and name roles with TO',
        })),
    );
  },
};

function readsLogin(tree: Parameters<typeof walk>[0]): boolean {
  let found = false;
  walk(tree, (type, node) => {
    found ||= type === 'SQLValueFunction' && LOGIN.includes(String(node.op));
    found ||= type === 'FuncCall' && nameOf(node.funcname as unknown[]) === 'pg_catalog.pg_has_role';
  });
  return found;
}
