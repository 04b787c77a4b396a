import { OPERATIONS } from '../annotations.ts';
import type { Roles } from '../boundary.ts';
import { rowProbes, type Subject, type TablePlan } from './plan.ts';
import { ofTenants } from './subject/tables.ts';

/** What a role may do to a table by declaration, but no probe does successfully: its refusals would prove little. */
export function operationGaps({ table, targets }: TablePlan, { app, ingest, platform }: Roles): string[] {
  if (targets.length === 0) return [];
  return [app, ingest, platform].flatMap((role) => {
    const working = new Set(
      targets
        .filter((t) => t.actor.role === role)
        .flatMap(rowProbes)
        .filter((p) => p.control)
        .map((p) => p.operation),
    );
    return OPERATIONS.filter(
      (o) => table.model.grants.some((g) => g.role === role && g.privilege === o) && !working.has(o),
    ).map((o) => `${role} may ${o}, but no row was found with which it works`);
  });
}

/** Where the declaration itself lets an actor out of the scope of the table, whatever its conditions say. */
export function scopeBreaches({ table, targets }: TablePlan, { tenants, boundary }: Subject): string[] {
  if (!ofTenants(table)) return [];
  const { app, ingest } = boundary.roles;
  const written = ['update', 'updated', 'delete', 'insert'] as const;
  return targets
    .filter((t) => [app, ingest].includes(t.actor.role) && !t.actor.refused)
    .flatMap((t) => {
      const own = t.actor.context.organization;
      const foreign = new Set(t.rows.filter((r) => !own || r.tenant !== own).map((r) => r.key));
      const questions = table.model.scope === 'catalogue' ? written : ([...written, 'select'] as const);
      return questions
        .filter((question) => [...t.truth[question]].some((key) => foreign.has(key)))
        .map(
          (question) =>
            `${t.actor.name} may ${question} rows of another tenant than ${own === tenants.ours ? 'its own' : (own ?? 'none')}`,
        );
    });
}
