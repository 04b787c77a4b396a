import { quoteIdent as q } from '../../database/quote.ts';
import { ownTables, type PlannedTable, type TenantPlan } from './plan.ts';
import type { TenantTransaction } from './transaction.ts';

/** The members of a tenant: who goes with it, because no row outside refers to them, and how many stay. */
export interface People {
  readonly table?: string;
  readonly leaving: readonly string[];
  readonly staying: number;
}

/**
 * Finds the members who belong to no other tenant and to whom no row outside this tenant refers. Where the declaration
 * has no table of members, nobody goes.
 */
export async function findPeople(tx: TenantTransaction, plan: TenantPlan): Promise<People> {
  const members = ownTables(plan).find((t) => t.table.label === plan.members);
  const persons = plan.references.filter((r) => r.creates);
  const joined = members?.table.references.find((r) => persons.some((p) => p.table.label === r.target));
  const people = persons.find((p) => p.table.label === joined?.target);
  if (!members || !joined || !people) return { leaving: [], staying: 0 };

  const id = `t.${q(joined.targetColumns[0]!)}`;
  const elsewhere = refersOutside(tx, plan, people).join(' OR ');
  await tx.as(people.role);
  const { rows } = await tx.client.query<{ id: string; stays: boolean }>(
    `SELECT ${id}::text AS id, ${elsewhere || 'false'} AS stays FROM ${people.table.sql} AS t
     WHERE ${id} IN (SELECT m.${q(joined.columns[0]!)} FROM ${members.table.sql} AS m WHERE ${members.where('m', tx.literal)})
     ORDER BY 1`,
  );
  const leaving = rows.filter((r) => !r.stays).map((r) => r.id);
  return { table: people.table.label, leaving, staying: rows.length - leaving.length };
}

/** For each reference to a person: whether a row that is not this tenant's holds it. What goes with the person does not. */
function refersOutside(tx: TenantTransaction, plan: TenantPlan, people: PlannedTable): string[] {
  const own = new Map(ownTables(plan).map((t) => [t.table.label, t]));
  return [...plan.live.values()].flatMap((table) =>
    table.references
      .filter((r) => r.target === people.table.label)
      .filter((r) => own.has(table.label) || r.onDelete === 'a' || r.onDelete === 'r')
      .map(({ columns, targetColumns }) => {
        const match = columns.map((c, i) => `x.${q(c)} = t.${q(targetColumns[i]!)}`).join(' AND ');
        const outside = own.get(table.label)?.where('x', tx.literal);
        return `EXISTS (SELECT FROM ${table.sql} AS x WHERE ${match}${outside ? ` AND NOT (${outside})` : ''})`;
      }),
  );
}

/** Deletes the people, all in one statement. */
export async function erasePeople(
  tx: TenantTransaction,
  plan: TenantPlan,
  { table, leaving }: People,
): Promise<number> {
  if (leaving.length === 0) return 0;
  const people = plan.references.find((r) => r.table.label === table)!;
  await tx.as(people.role);
  const { rowCount } = await tx.client.query(
    `DELETE FROM ${people.table.sql} AS t WHERE t.${q(people.table.key[0]!)} = ANY ($1)`,
    [leaving],
  );
  return rowCount ?? 0;
}
