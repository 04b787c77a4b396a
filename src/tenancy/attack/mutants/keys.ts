import type { ClientBase } from 'pg';
import { quoteIdent as q } from '../../../database/quote.ts';
import { tenantReferences } from '../catalogue/references.ts';
import { ofTenants, type Table } from '../subject/tables.ts';
import type { Mutant, MutantSource } from './mutant.ts';

/** Keys without the tenant, references that cross, tables that nobody declared. */
export async function keyMutants(client: ClientBase, { suite, roles }: MutantSource): Promise<Mutant[]> {
  const { subject } = suite;
  const references = subject.tables.flatMap((table) =>
    tenantReferences(subject, table)
      .filter(({ key }) => key.columns.length === 2 && key.targetColumns.includes('id'))
      .map(({ key, parent }) => ({ table, key, parent })),
  );
  const some = spread(references, 4);
  const single = (
    { table, key, parent }: (typeof references)[number],
    rule: string,
    name: string,
  ): Mutant => {
    const column = key.columns.find((c) => c !== table.tenantKey)!;
    return {
      name: `${table.label}: ${key.name} ${name}`,
      kind: 'keys',
      table: table.label,
      // Ids that two tenants share would hinder the single key: they are made different first.
      sql: `ALTER TABLE ${table.sql} DROP CONSTRAINT ${q(key.name)};
        CREATE UNIQUE INDEX attack_single ON ${parent.sql} (id);
        ALTER TABLE ${table.sql} ADD CONSTRAINT attack_key FOREIGN KEY (${q(column)}) REFERENCES ${parent.sql} (id) ${rule}`,
    };
  };
  const uniques = subject.tables
    .filter(
      (t) => ofTenants(t) && t.model.grants.some((g) => g.role === roles.app && g.privilege === 'insert'),
    )
    .flatMap((table) =>
      table.uniques
        .filter((u) => !u.partial && u.columns.length > 1 && u.columns[0] === table.tenantKey)
        .map((u) => ({ table, columns: u.columns.slice(1) })),
    );
  const alone: Mutant[] = [];
  for (const { table, columns } of uniques)
    alone.push(...(await uniqueWithoutTenant(client, table, columns, subject.tenants.ours)));
  return [
    ...some.map((r) => single(r, 'ON DELETE RESTRICT', 'without the tenant')),
    ...some.slice(0, 2).map((r) => single(r, 'ON DELETE CASCADE', 'without the tenant, cascading')),
    ...some.slice(0, 2).map(
      ({ table, key }): Mutant => ({
        name: `${table.label}: ${key.name} dropped`,
        kind: 'keys',
        table: table.label,
        sql: `ALTER TABLE ${table.sql} DROP CONSTRAINT ${q(key.name)}`,
      }),
    ),
    ...spread(alone, 4),
    {
      name: 'a table that nobody declared',
      kind: 'tables',
      sql: `CREATE TABLE public.attack_undeclared (id uuid PRIMARY KEY); GRANT SELECT ON public.attack_undeclared TO ${roles.app}`,
      stages: /inventory/,
    },
    {
      name: 'a view that nobody declared',
      kind: 'views',
      sql: `CREATE VIEW public.attack_undeclared AS SELECT 1 AS one; GRANT SELECT ON public.attack_undeclared TO ${roles.app}`,
      stages: /inventory/,
    },
    {
      name: 'a materialized view of a table',
      kind: 'views',
      sql: `CREATE MATERIALIZED VIEW public.attack_copy AS SELECT * FROM ${subject.tables.find(ofTenants)!.sql}; GRANT SELECT ON public.attack_copy TO ${roles.app}`,
      stages: /inventory/,
    },
  ];
}

/**
 * A unique index over all tenants, where the rows as they are allow one. Values that name the tenant cannot meet those of
 * another, and ids are nobody's to choose: these say nothing.
 */
async function uniqueWithoutTenant(
  client: ClientBase,
  table: Table,
  columns: readonly string[],
  ours: string,
): Promise<Mutant[]> {
  const list = columns.map(q).join(', ');
  const free = columns.some((c) => table.columns.some((x) => x.name === c && x.type !== 'uuid'));
  const { rows } = await client.query<{ fits: boolean | null }>(
    `SELECT count(*) = count(DISTINCT (${list})) AND count(*) > 1 AND NOT bool_or(concat(${list}) LIKE '%${ours}%') AS fits
     FROM ${table.sql} WHERE num_nulls(${list}) = 0`,
  );
  if (!free || !rows[0]!.fits) return [];
  return [
    {
      name: `${table.label}: unique (${columns.join(', ')}) over all tenants`,
      kind: 'keys',
      table: table.label,
      sql: `CREATE UNIQUE INDEX attack_unique ON ${table.sql} (${list})`,
    },
  ];
}

/** So many of a list, evenly from beginning to end. */
function spread<T>(list: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.floor(list.length / count));
  return list.filter((_, i) => i % step === 0).slice(0, count);
}
