import { quoteIdent as q } from '../../database/quote.ts';
import type { Reference } from './live-tables.ts';
import { ownTables, type PlannedTable, type TenantPlan } from './plan.ts';
import type { Found } from './proof.ts';
import type { TenantTransaction } from './transaction.ts';

/**
 * Rows of others that refer to rows of this tenant, such as purchases of what it publishes. They may neither lose what
 * they refer to nor be deleted with it.
 */
export async function heldByOthers(tx: TenantTransaction, plan: TenantPlan): Promise<Found[]> {
  const own = new Map(ownTables(plan).map((t) => [t.table.label, t]));
  const released = new Set(plan.unlinked.map((u) => `${u.table.label}.${u.column}`));
  const answered = new Set((tx.lifecycle.stores ?? []).flatMap((s) => s.tables));
  const held: Found[] = [];
  await tx.as(tx.lifecycle.boundary.roles.platform);
  for (const table of plan.live.values()) {
    if (answered.has(table.label)) continue;
    const planned = own.get(table.label);
    for (const reference of table.references) {
      const target = own.get(reference.target);
      const column = `${table.label}.${reference.columns[0]}`;
      if (!target || released.has(column) || (planned && staysInside(planned, target, reference))) continue;
      const { rows } = await tx.client.query<{ rows: number }>(
        heldSql(tx, table.sql, planned, target, reference),
      );
      if (rows[0]!.rows > 0)
        held.push({ column: `${table.label}.${reference.columns.at(-1)}`, rows: rows[0]!.rows });
    }
  }
  return held;
}

/** Whether the condition that makes the row the tenant's makes the row that it refers to the tenant's too. */
function staysInside(
  from: PlannedTable,
  target: PlannedTable,
  { columns, targetColumns }: Reference,
): boolean {
  return columns.some(
    (column, i) =>
      from.where('t', 'x') === `t.${q(column)} = x` &&
      target.where('t', 'x') === `t.${q(targetColumns[i]!)} = x`,
  );
}

function heldSql(
  tx: TenantTransaction,
  from: string,
  planned: PlannedTable | undefined,
  target: PlannedTable,
  { columns, targetColumns }: Reference,
): string {
  const list = (alias: string, names: readonly string[]) => names.map((n) => `${alias}.${q(n)}`).join(', ');
  const others = planned ? ` AND NOT (${planned.where('x', tx.literal)})` : '';
  return (
    `SELECT count(*)::integer AS rows FROM ${from} AS x WHERE (${list('x', columns)}) IN ` +
    `(SELECT ${list('t', targetColumns)} FROM ${target.table.sql} AS t WHERE ${target.where('t', tx.literal)})${others}`
  );
}
