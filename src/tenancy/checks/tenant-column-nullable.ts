import { quoteIdent } from '../../database/quote.ts';
import { tenantModels } from './facts/models.ts';
import { LABEL, OWN_SCHEMA, sqlName } from './facts/names.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'tenant-column-nullable',
  title: 'The tenant may be missing from a row',
  why: 'A row without a tenant is equal to none: nobody sees it, foreign keys do not check it, unique keys let it through twice.',
  mend: 'Give such rows a tenant, then `SET NOT NULL`.',
  also: ['pgrls SEC030'],
  level: 'error',
  async run({ client, boundary }) {
    const { rows } = await client.query<{ table: string; column: string }>(`
      SELECT ${LABEL} AS table, a.attname AS column FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND NOT a.attnotnull
      WHERE ${OWN_SCHEMA} AND c.relkind IN ('r', 'p')`);
    const tenants = tenantModels(boundary);
    return rows
      .filter(({ table, column }) => tenants.get(table)?.tenantKey === column)
      .map(({ table, column }) => ({
        object: `${table}.${column}`,
        detail: `${table}.${column} accepts null, so a row can belong to no tenant.`,
        remedy: `give such rows a tenant, then: \`ALTER TABLE ${sqlName(table)} ALTER COLUMN ${quoteIdent(column)} SET NOT NULL;\``,
      }));
  },
};
