import type { ClientBase } from 'pg';
import { quoteIdent as q } from '../../../database/quote.ts';
import { userColumns } from '../declared.ts';
import { ofTenants, type Table } from './tables.ts';
import type { Tenants } from './tenants.ts';

/** Members of the two tenants, those with the most rows first; and by table the member of ours with the most there. */
export interface People {
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
  readonly byTable: ReadonlyMap<string, string>;
}

/** People as the rows name them, in the columns that policies compare with the current user. */
export async function findPeople(
  client: ClientBase,
  tables: readonly Table[],
  role: string,
  { ours, theirs }: Tenants,
): Promise<People> {
  const parts = tables.flatMap((t) =>
    userColumns(t.model, role)
      .filter((c) => c !== 'id')
      .map(
        (c) =>
          `SELECT '${t.label}' AS label, ${ofTenants(t) ? `${q(t.tenantKey!)}::text` : "''"} AS tenant, ${q(c)}::text AS person FROM ${t.sql}`,
      ),
  );
  if (parts.length === 0) return { ours: [], theirs: [], byTable: new Map() };
  const { rows } = await client.query<{ label: string; tenant: string; person: string; n: number }>(
    `SELECT label, tenant, person, count(*)::int AS n FROM (${parts.join(' UNION ALL ')}) p
     WHERE person IS NOT NULL AND tenant = ANY ($1) GROUP BY 1, 2, 3 ORDER BY n DESC, person`,
    [[ours, theirs, '']],
  );
  const of = (tenant: string) => {
    const totals = new Map<string, number>();
    for (const r of rows.filter((r) => r.tenant === tenant))
      totals.set(r.person, (totals.get(r.person) ?? 0) + r.n);
    return [...totals].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([person]) => person);
  };
  const byTable = new Map<string, string>();
  for (const r of rows) if (r.tenant !== theirs && !byTable.has(r.label)) byTable.set(r.label, r.person);
  return { ours: of(ours), theirs: of(theirs), byTable };
}
