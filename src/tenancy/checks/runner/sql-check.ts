import { readFileSync } from 'node:fs';
import { tenantModels } from '../facts/models.ts';
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

function queryOf(name: string): string {
  const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
  return `${read('../facts/given.sql')}${read(`../${name}.sql`)}`;
}

function given({ boundary, roles }: CheckContext) {
  return {
    owner: roles.owner,
    platform: roles.platform,
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
