import { branches, constantTruth, requires } from './facts/condition.ts';
import { TENANT_CALL, tenantModels } from './facts/models.ts';
import { conditionsOf } from './facts/policies.ts';
import { tenantRoles } from './facts/roles.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'policy-without-tenant',
  title: 'A policy admits rows of any tenant',
  why: 'A permissive policy for the roles of tenants that does not compare the tenant leaves the floor as the only protection.',
  mend: 'Let the condition require the tenant: `ORG AND …`.',
  also: ['pgrls SEC004', 'pgrls SEC005', 'pgrls SEC021', 'pgrls SEC040'],
  level: 'error',
  async run({ boundary, roles, facts }) {
    const tenants = tenantModels(boundary);
    const bound = new Set([...tenantRoles(roles), 'public']);
    return (await facts.policies()).flatMap((policy) => {
      const tenant = tenants.get(policy.table);
      if (!tenant || !policy.permissive || !policy.roles.some((r) => bound.has(r))) return [];
      const { tenantKey, model } = tenant;
      return conditionsOf(policy)
        .filter(({ tree }) => !requires(tree, tenantKey, TENANT_CALL))
        .filter(
          ({ tree }) =>
            !(
              model.scope === 'catalogue' &&
              policy.operation === 'select' &&
              isPublishedOrOwn(tree, tenantKey)
            ),
        )
        .map(({ clause, sql }) => ({
          object: `${policy.object} ${clause}`,
          detail: `${clause} of ${policy.object} does not require ${tenantKey} to be the current tenant: ${sql}`,
          remedy: `let the condition begin with ORG in the model ${model.model}; npm run db:sync prints the declared policy`,
        }));
    });
  },
};

/** Own rows, or rows that meet some real condition of publication. */
function isPublishedOrOwn(tree: Parameters<typeof requires>[0], column: string): boolean {
  const parts = branches(tree, 'OR');
  return (
    parts.some((p) => requires(p, column, TENANT_CALL)) && parts.every((p) => constantTruth(p) === undefined)
  );
}
