import { quoteIdent as q } from '../../database/quote.ts';
import { LotlineError } from '../../errors.ts';
import type { PlannedTable, TenantPlan } from './plan.ts';
import type { TenantTransaction } from './transaction.ts';
import { unknownTenant } from './unknown-tenant.ts';

/**
 * Locks the tenant's own row: whoever writes a row that refers to it is waited for, and whoever wants to write one waits
 * and then finds no tenant. As the platform, because a lock needs the right to update and the custodian has none.
 * @throws LotlineError `TENANT_UNKNOWN`
 */
export async function lockTenant(tx: TenantTransaction, { root }: TenantPlan): Promise<void> {
  await tx.as(tx.lifecycle.boundary.roles.platform);
  const { rowCount } = await tx.client.query(
    `SELECT FROM ${root.table.sql} AS t WHERE ${root.where('t', tx.literal)} FOR UPDATE`,
  );
  if (rowCount === 0) throw unknownTenant(tx.tenant);
}

/** Deletes all rows of the tenant, children before parents; gives the rows by table in this order. */
export async function deleteGroups(
  tx: TenantTransaction,
  groups: TenantPlan['groups'],
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const group of [...groups].reverse()) {
    tx.proceed();
    const role = group[0]!.role;
    if (group.some((t) => t.role !== role)) throw mixed(group);
    await tx.as(role);
    tx.tell(`erase ${group.map((t) => t.table.label).join(', ')}`);
    // Tables that refer to each other go in one statement, at whose end the foreign keys are checked.
    const parts = group.map(
      ({ table, where }, i) =>
        `d${i} AS (DELETE FROM ${table.sql} AS t WHERE ${where('t', tx.literal)} RETURNING 1)`,
    );
    const sums = group.map((_, i) => `(SELECT count(*)::integer FROM d${i}) AS d${i}`);
    const { rows } = await tx.client.query<Record<string, number>>(
      `WITH ${parts.join(', ')} SELECT ${sums.join(', ')}`,
    );
    group.forEach((t, i) => {
      counts[t.table.label] = rows[0]![`d${i}`]!;
    });
  }
  return counts;
}

// Names nobody (RFC 9562, 5.9).
const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * Takes the ids of the tenant and of its leaving people out of the lists of tables that stay, and empties references. A list
 * that named nobody else names nobody from now on: left empty, it would often mean everybody.
 */
export async function unlink(
  tx: TenantTransaction,
  { unlinked }: TenantPlan,
  people: readonly string[],
): Promise<void> {
  await tx.as(tx.lifecycle.boundary.roles.platform);
  for (const { table, column, how } of unlinked) {
    const name = q(column);
    if (how === 'reference') {
      await tx.client.query(`UPDATE ${table.sql} AS t SET ${name} = NULL WHERE t.${name} = ${tx.literal}`);
      continue;
    }
    const { type } = table.columns.find((c) => c.name === column)!;
    await tx.client.query(
      `UPDATE ${table.sql} AS t SET ${name} = CASE WHEN t.${name} <@ $1::${type} THEN ARRAY[$2]::${type} ELSE
         ARRAY(SELECT e.id FROM unnest(t.${name}) WITH ORDINALITY AS e(id, place)
           WHERE e.id <> ALL ($1::${type}) ORDER BY e.place) END
       WHERE t.${name} && $1::${type}`,
      [[tx.tenant, ...people], NOBODY],
    );
  }
}

function mixed(group: readonly PlannedTable[]): LotlineError {
  return new LotlineError(
    'TENANT_UNCLASSIFIED',
    `${group.map((t) => t.table.label).join(' and ')} refer to each other, but not all are tables of tenants.`,
    'let them have one scope',
  );
}
