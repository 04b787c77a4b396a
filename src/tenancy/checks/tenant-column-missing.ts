import { tenantModels } from './facts/models.ts';
import { LABEL, OWN_SCHEMA } from './facts/names.ts';
import { isOwn } from './facts/tables.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'tenant-column-missing',
  title: 'A table of tenants has no tenant column',
  why: 'A row that does not say to which tenant it belongs cannot be kept inside that tenant.',
  mend: 'Bring the column back.',
  also: [],
  level: 'error',
  async run({ client, boundary, facts }) {
    const { rows } = await client.query<{ table: string; column: string }>(`
      SELECT ${LABEL} AS table, a.attname AS column FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE ${OWN_SCHEMA} AND c.relkind IN ('r', 'p')`);
    const live = new Set((await facts.tables()).map((t) => t.label).filter((label) => !isOwn(label)));
    const columns = new Set(rows.map((r) => `${r.table}.${r.column}`));
    return [...tenantModels(boundary).values()]
      .filter(({ table, tenantKey }) => live.has(table) && !columns.has(`${table}.${tenantKey}`))
      .map(({ table, tenantKey, model }) => ({
        object: table,
        detail: `${table} (model ${model.model}, scope ${model.scope}) has no column ${tenantKey}.`,
        remedy: `bring the column back as ${model.place.file} declares it; npm run db:sync shows what else differs`,
      }));
  },
};
