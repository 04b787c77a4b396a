import { requires } from './facts/condition.ts';
import { TENANT_CALL, tenantModels } from './facts/models.ts';
import { wordList } from './facts/names.ts';
import type { LivePolicy } from './facts/policies.ts';
import { tenantRoles } from './facts/roles.ts';
import type { Check } from './runner/check.ts';

const OPERATIONS = ['select', 'insert', 'update', 'delete'] as const;
type Operation = (typeof OPERATIONS)[number];

export const check: Check = {
  name: 'floor-missing',
  title: 'No floor under the policies of a table',
  why: 'Permissive policies are joined with OR: one that is too wide opens the table. A restrictive policy on the tenant holds whatever is added.',
  mend: 'Bring the restrictive policy back as the schema declares it.',
  also: ['pgrls SEC007', 'pgrls SEC031'],
  level: 'error',
  async run({ boundary, roles, facts }) {
    const policies = await facts.policies();
    const live = new Set((await facts.tables()).map((t) => t.label));
    return [...tenantModels(boundary).values()].flatMap(({ model, table, tenantKey }) => {
      if (!live.has(table)) return [];
      const own = policies.filter((p) => p.table === table);
      // What is published in a catalogue is read by every tenant.
      const operations = OPERATIONS.filter((o) => !(model.scope === 'catalogue' && o === 'select'));
      return tenantRoles(roles)
        .filter((role) => role === roles.app || own.some((p) => p.permissive && p.roles.includes(role)))
        .flatMap((role) => {
          const open = operations.filter((o) => !own.some((p) => isFloor(p, role, o, tenantKey)));
          if (open.length === 0) return [];
          return [
            {
              object: `${table} ${role}`,
              detail: `No restrictive policy of ${table} holds ${role} to its tenant on ${wordList(open)}.`,
              remedy: `bring the floor back as the schema declares it: npm run db:sync prints the statement`,
            },
          ];
        });
    });
  },
};

function isFloor(policy: LivePolicy, role: string, operation: Operation, column: string): boolean {
  if (policy.permissive || !(policy.roles.includes(role) || policy.roles.includes('public'))) return false;
  if (policy.operation !== 'all' && policy.operation !== operation) return false;
  const reads =
    operation === 'insert' ||
    (policy.using !== undefined && requires(policy.using.tree, column, TENANT_CALL));
  // Without WITH CHECK the server uses USING for the new row too.
  const written = policy.check ?? policy.using;
  const writes =
    !['insert', 'update'].includes(operation) ||
    (written !== undefined && requires(written.tree, column, TENANT_CALL));
  return reads && writes;
}
