import type { ClientBase } from 'pg';
import { quoteIdent as q, quoteLiteral } from '../../../database/quote.ts';
import { simpleParts } from '../declared.ts';
import { ofTenants, type Table } from './tables.ts';
import type { Tenants } from './tenants.ts';

/**
 * Gives both tenants rows in every table of tenants, by copying those of another tenant, so that no table is attacked
 * while it is empty. References between copied rows follow; triggers and foreign keys are off meanwhile. Of what is
 * published to all tenants one half is hidden again.
 * @param client a superuser, on a database that may be changed.
 * @returns tables that were filled
 */
export async function fillGaps(
  client: ClientBase,
  tables: readonly Table[],
  { ours, theirs }: Tenants,
  role: string,
): Promise<string[]> {
  const filled: string[] = [];
  await client.query("SET session_replication_role = 'replica'");
  for (const tenant of [ours, theirs]) {
    const empty: Table[] = [];
    for (const table of tables.filter((t) => ofTenants(t) && t.model.scope !== 'tenant-root')) {
      const { rows } = await client.query<{ own: string; source: string | null }>(
        `SELECT count(*) FILTER (WHERE ${q(table.tenantKey!)} = $1) AS own,
           mode() WITHIN GROUP (ORDER BY ${q(table.tenantKey!)}::text) AS source FROM ${table.sql}`,
        [tenant],
      );
      if (rows[0]!.own === '0' && rows[0]!.source) empty.push(table);
    }
    for (const table of empty) await copyRows(client, table, empty, tenant);
    for (const table of empty) await hideHalf(client, table, tenant);
    filled.push(...empty.map((t) => t.label));
  }
  for (const table of tables) await hideOne(client, table, role);
  await client.query('RESET session_replication_role; ANALYZE');
  return [...new Set(filled)].sort();
}

async function copyRows(
  client: ClientBase,
  table: Table,
  copied: readonly Table[],
  tenant: string,
): Promise<void> {
  const following = new Set([
    'id',
    ...table.foreignKeys
      .filter((k) => k.columns.includes(table.tenantKey!) && copied.some((t) => t.label === k.target))
      .flatMap((k) => k.columns),
  ]);
  const columns = table.columns.filter((c) => !c.generated);
  const value = (name: string) => {
    if (name === table.tenantKey) return `${quoteLiteral(tenant)}::uuid`;
    return following.has(name) ? `md5(${quoteLiteral(tenant)} || ${q(name)}::text)::uuid` : q(name);
  };
  await client.query(
    `INSERT INTO ${table.sql} (${columns.map((c) => q(c.name)).join(', ')})
     SELECT ${columns.map((c) => value(c.name)).join(', ')} FROM ${table.sql}
     WHERE ${q(table.tenantKey!)} = (SELECT mode() WITHIN GROUP (ORDER BY ${q(table.tenantKey!)}) FROM ${table.sql})`,
  );
}

/**
 * Where no row of ours meets a declared condition, such as `status = 'DRAFT'` for a deletion, changes one so that it
 * does, if the checks of the table let it.
 */
export async function meetConditions(
  client: ClientBase,
  tables: readonly Table[],
  { ours }: Tenants,
): Promise<void> {
  await client.query("BEGIN; SET LOCAL session_replication_role = 'replica'");
  for (const table of tables.filter(ofTenants)) {
    for (const policy of table.model.policies.filter((p) => p.permissive && p.operation === 'delete'))
      await meet(client, table, ours, ways(policy.using ?? ''));
  }
  await client.query('COMMIT; ANALYZE');
}

/** Of what the platform shows by a switch, one row is switched off. */
async function hideOne(client: ClientBase, table: Table, role: string): Promise<void> {
  const select = table.model.policies.find((p) => p.operation === 'select' && p.roles.includes(role));
  const column = table.columns.find((c) => c.name === select?.using && c.type === 'boolean');
  if (table.model.scope !== 'platform' || !column) return;
  const { rowCount } = await client.query(`SELECT FROM ${table.sql} WHERE NOT ${q(column.name)} LIMIT 1`);
  if (rowCount === 0)
    await client.query(
      `UPDATE ${table.sql} SET ${q(column.name)} = false WHERE ctid = (SELECT min(ctid) FROM ${table.sql})`,
    );
}

/** The condition with each alternative of `x IN ('A', 'B')` in turn. */
function ways(condition: string): Record<string, unknown>[] {
  const [list = '', column, items = ''] = /\b(\w+) IN \(([^)]*)\)/i.exec(condition) ?? [];
  const all = list
    ? items.split(/,\s*/).map((item) => condition.replace(list, `${column} = ${item}`))
    : [condition];
  return all.map(simpleParts).filter((wanted) => Object.keys(wanted).length > 0);
}

async function meet(
  client: ClientBase,
  table: Table,
  tenant: string,
  wanted: readonly Record<string, unknown>[],
): Promise<void> {
  const literal = (value: unknown) => (value === null ? 'NULL' : quoteLiteral(String(value)));
  const { rows } = await client.query<{ place: string }>(
    `SELECT ctid::text AS place FROM ${table.sql} WHERE ${q(table.tenantKey!)} = $1 ORDER BY ${table.primary.map(q).join(', ')}`,
    [tenant],
  );
  const holds = wanted.map((w) =>
    Object.entries(w).map(([c, v]) => `${q(c)} IS NOT DISTINCT FROM ${literal(v)}`),
  );
  for (const parts of holds) {
    const met = await client.query(
      `SELECT FROM ${table.sql} WHERE ${[`${q(table.tenantKey!)} = $1`, ...parts].join(' AND ')} LIMIT 1`,
      [tenant],
    );
    if (met.rowCount) return;
  }
  for (const way of wanted) {
    const set = Object.entries(way).map(([c, v]) => `${q(c)} = ${literal(v)}`);
    for (const { place } of rows) {
      await client.query('SAVEPOINT attempt');
      try {
        await client.query(`UPDATE ${table.sql} SET ${set.join(', ')} WHERE ctid = '${place}'`);
        return;
      } catch {
        await client.query('ROLLBACK TO attempt');
      }
    }
  }
}

/** What is public where a column is not null is hidden by emptying the column. */
async function hideHalf(client: ClientBase, table: Table, tenant: string): Promise<void> {
  if (table.model.scope !== 'catalogue') return;
  const select = table.model.policies.find((p) => p.operation === 'select' && p.permissive);
  const column = /\b(\w+) IS NOT NULL/i.exec(select?.using ?? '')?.[1];
  if (!column || !table.columns.some((c) => c.name === column && c.nullable)) return;
  await client.query(
    `UPDATE ${table.sql} SET ${q(column)} = NULL WHERE ${q(table.tenantKey!)} = $1 AND left(md5(id::text), 1) < '8'`,
    [tenant],
  );
}
