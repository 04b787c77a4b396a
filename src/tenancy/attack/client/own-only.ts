import { quoteIdent as q } from '../../../database/quote.ts';
import { type AnyClient, delegate } from './any-client.ts';
import { type Asker, PASSING, STANDING } from './field.ts';
import type { Arena } from './probe.ts';

/** SQL that counts the standing rows by tenant, as row security lets the caller see them. */
export function countSql({ subject }: Arena['field']): string {
  const { table, tenantColumn, labelColumn } = subject;
  return `SELECT ${q(tenantColumn)}::text AS tenant, count(*)::int AS n, current_setting('app.context', true) AS context FROM ${table.sql} WHERE ${q(labelColumn)} = '${STANDING}' GROUP BY 1`;
}

/** Whether an answer of `countSql` holds the caller's rows and nothing besides, under the caller's context. */
export function judgeCount(arena: Arena, asker: Asker, rows: readonly object[], when: string): void {
  arena.checked();
  const [row, ...more] = rows as { tenant: string; n: number; context: string }[];
  if (!row || more.length > 0 || row.tenant !== asker.organizationId || row.n !== asker.rows)
    arena.found(`${when}: raw SQL counted ${JSON.stringify(rows)} instead of ${asker.rows}`);
  else judgeContext(arena, asker, row.context, when);
}

export function judgeContext(arena: Arena, asker: Asker, context: unknown, when: string): void {
  arena.checked();
  const { organizationId, userId, role } = asker;
  if (!String(context).startsWith(`${organizationId}.${userId}.${role}.`))
    arena.found(`${when}: the context was ${JSON.stringify(String(context).slice(0, 80))}`);
}

/** Whether rows are the caller's standing rows, all of them. */
export function judgeRows(arena: Arena, asker: Asker, rows: readonly object[], when: string): void {
  arena.checked();
  const { tenant } = arena.field.subject;
  const foreign = rows.filter((r) => (r as Record<string, unknown>)[tenant] !== asker.organizationId);
  if (foreign.length > 0) arena.found(`${when}: ${foreign.length} rows of another tenant`);
  else if (rows.length !== asker.rows) arena.found(`${when}: ${rows.length} rows instead of ${asker.rows}`);
}

export function judgeNumber(arena: Arena, asker: Asker, n: unknown, when: string): void {
  arena.checked();
  if (n !== asker.rows) arena.found(`${when}: ${n} rows instead of ${asker.rows}`);
}

/** Asks in each of the ways there are, and looks whether a tenant gets its own rows, all of them, and no others. */
export async function judgeClient(
  arena: Arena,
  client: AnyClient,
  asker: Asker,
  when: string,
): Promise<void> {
  const { delegate: name, tenant, label } = arena.field.subject;
  const where = { [label]: STANDING };
  try {
    // The write comes first: a read that fails may be asked again and hide that.
    const made = await delegate(client, name).create({ data: { [label]: PASSING } });
    if (made[tenant] !== asker.organizationId) arena.found(`${when}: a row was written to another tenant`);
    judgeRows(arena, asker, await delegate(client, name).findMany({ where }), when);
    judgeCount(arena, asker, await client.$queryRawUnsafe(countSql(arena.field)), when);
    await client.$transaction(async (tx) => {
      judgeRows(arena, asker, await delegate(tx, name).findMany({ where }), `${when}, in a transaction`);
      judgeCount(arena, asker, await tx.$queryRawUnsafe(countSql(arena.field)), `${when}, in a transaction`);
    });
  } catch (error) {
    arena.found(`${when}: a call failed: ${(error as Error).message.slice(0, 200)}`);
  }
}
