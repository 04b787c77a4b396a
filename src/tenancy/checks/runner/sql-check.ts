import { existsSync, readFileSync } from 'node:fs';
import { boundarySchemas, tenantModels } from '../facts/models.ts';
import { applicationRoles, tenantRoles } from '../facts/roles.ts';
import type { Check, CheckContext, Observation } from './check.ts';

/**
 * A check that is one query, `<name>.sql` beside it, behind what `facts/given.sql` defines. Its columns are always
 * `object`, `detail`, `remedy` and, where the object does not begin with it, `table`.
 */
export function sqlCheck(rule: Omit<Check, 'run'>): Check {
  return {
    ...rule,
    async run(context) {
      const { rows } = await context.client.query<Observation & { table: string | null }>(
        queryOf(rule.name),
        [JSON.stringify(given(context))],
      );
      return rows.map(({ table, ...row }) => ({ ...row, ...(table ? { table } : {}) }));
    },
  };
}

/** The query of a check without what stands before it; undefined where the check is not a query. */
export function querySource(name: string): string | undefined {
  const path = new URL(`../${name}.sql`, import.meta.url);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function queryOf(name: string): string {
  return `${readFileSync(new URL('../facts/given.sql', import.meta.url), 'utf8')}${querySource(name)}`;
}

function given({ boundary, roles }: CheckContext) {
  return {
    schemas: boundarySchemas(boundary),
    owner: roles.owner,
    platform: roles.platform,
    handed: boundary.handed ?? [],
    readers: roles.readers,
    applicationRoles: applicationRoles(roles),
    tenantRoles: tenantRoles(roles),
    tenants: [...tenantModels(boundary).values()].map(({ table, tenantKey, model }) => ({
      label: table,
      key: tenantKey,
      scope: model.scope,
    })),
  };
}
