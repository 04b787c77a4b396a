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
  /** Of each somebody who is OWNER there by the rows that functions look it up in. */
  readonly owners: {
    readonly ours: string;
    readonly theirs: string;
    /** SQL that deletes the row by which the owner of ours is one. */
    readonly dismiss: string;
  };
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
  if (parts.length === 0)
    return { ours: [], theirs: [], byTable: new Map(), owners: { ours: '', theirs: '', dismiss: '' } };
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
  const [owner, other] = [await findOwner(client, tables, ours), await findOwner(client, tables, theirs)];
  const owners = {
    ours: owner?.person ?? of(ours)[0] ?? '',
    theirs: other?.person ?? of(theirs)[0] ?? '',
    dismiss: owner?.dismiss ?? '',
  };
  return { ours: of(ours), theirs: of(theirs), byTable, owners };
}

/** Looks in tables that say once for each tenant and person which role it has there. */
async function findOwner(
  client: ClientBase,
  tables: readonly Table[],
  tenant: string,
): Promise<{ person: string; dismiss: string } | undefined> {
  const { rows: types } = await client.query<{ name: string }>(
    "SELECT format_type(enumtypid, NULL) AS name FROM pg_enum WHERE enumlabel = 'OWNER'",
  );
  const identities = tables.filter((t) => t.model.scope === 'identity').map((t) => t.label);
  for (const table of tables.filter(ofTenants)) {
    const role = table.columns.find((c) => types.some((t) => t.name === c.type));
    const keys = [table.primary, ...table.uniques.map((u) => u.columns)];
    const person = table.foreignKeys.find(
      (f) =>
        identities.includes(f.target) &&
        f.columns.length === 1 &&
        keys.some((k) => k.length === 2 && k.includes(table.tenantKey!) && k.includes(f.columns[0]!)),
    )?.columns[0];
    if (!role || !person) continue;
    const { rows } = await client.query<{ person: string }>(
      `SELECT ${q(person)}::text AS person FROM ${table.sql} WHERE ${q(table.tenantKey!)} = $1 AND ${q(role.name)} = 'OWNER' ORDER BY 1 LIMIT 1`,
      [tenant],
    );
    if (rows[0])
      return {
        person: rows[0].person,
        dismiss: `DELETE FROM ${table.sql} WHERE ${q(table.tenantKey!)} = '${tenant}' AND ${q(person)} = '${rows[0].person}'`,
      };
  }
  return undefined;
}
