import type pg from 'pg';
import { quoteIdent as q } from '../../src/database/quote.ts';
import type { Adoption } from '../../src/tenancy/adopt/index.ts';
import { type ContextKey, signContext } from '../../src/tenancy/index.ts';
import { columnValue, insert, rowOf, type SeedTable } from './rows.ts';

/** What a probe came to: `leak` crossed the boundary, `hidden` kept a tenant from its own, `unclear` met a unique key first. */
export interface ProbeResult {
  readonly probes: number;
  readonly leaks: readonly string[];
  readonly hidden: readonly string[];
  readonly unclear: readonly string[];
}

type Outcome = { rows: number } | { code: string; message: string };

/** Tries every table as the application role of tenant a: its own rows, those of b, and rows without a context. */
export async function probe(
  client: pg.Client,
  adoption: Adoption,
  tables: ReadonlyMap<string, SeedTable>,
  key: ContextKey,
  { admin, only }: { admin: pg.Client; only?: string },
): Promise<ProbeResult> {
  const { choice, person, boundary, bonds } = adoption;
  const leaks: string[] = [];
  const hidden: string[] = [];
  const unclear: string[] = [];
  let probes = 0;
  const idOf = (model: string, column: string) => columnValue(tables, model, column, 'a')!;
  const token = signContext(
    {
      organization: idOf(choice.tenant.model, choice.tenant.key[0]!),
      ...(person ? { user: idOf(person.model, person.key[0]!) } : {}),
    },
    key,
    3600,
  );
  const attempt = async (
    sql: () => Promise<{ rowCount: number | null }>,
    inTenant = true,
  ): Promise<Outcome> => {
    probes += 1;
    await client.query('BEGIN');
    try {
      if (inTenant) await client.query('SELECT app.set_context($1)', [token]);
      return { rows: (await sql()).rowCount ?? 0 };
    } catch (error) {
      const { code = '', message } = error as pg.DatabaseError;
      return { code, message };
    } finally {
      await client.query('ROLLBACK');
    }
  };
  const refused = (what: string, outcome: Outcome) => {
    if ('rows' in outcome && outcome.rows > 0) leaks.push(what);
    else if ('code' in outcome && outcome.code === '23505') unclear.push(what);
    else if ('code' in outcome && !['42501', '23503', '23502'].includes(outcome.code))
      unclear.push(`${what}: ${outcome.code} ${outcome.message}`);
  };

  for (const model of boundary.models) {
    if (only && model.model !== only) continue;
    const table = tables.get(model.model)!;
    const at = (owner: 'a' | 'b') => {
      const values = table.key.map((c) => columnValue(tables, model.model, c, owner));
      return { where: table.key.map((c, i) => `${q(c)} = $${i + 1}`).join(' AND '), values };
    };
    const [own, other] = [at('a'), at('b')];
    const name = model.model;
    const granted = new Set(
      model.grants.filter((g) => g.role === boundary.roles.app).map((g) => g.privilege),
    );
    const some = q([...table.columns.keys()][0]!);
    const open = model.scope === 'platform' && granted.has('select');
    if (table.key.length === 0) {
      unclear.push(`${name} has no key`);
      continue;
    }

    const count = (where: string, values: unknown[], inTenant = true) =>
      attempt(() => client.query(`SELECT 1 FROM ${table.sql} WHERE ${where}`, values), inTenant);
    if (!open) {
      refused(`${name}: reads the other’s row`, await count(other.where, other.values));
      refused(`${name}: reads without a context`, await count('true', [], false));
    }
    const change = [`UPDATE ${table.sql} SET ${some} = ${some}`, `DELETE FROM ${table.sql}`];
    for (const sql of change)
      refused(
        `${name}: ${sql.slice(0, 6)} of the other’s row`,
        await attempt(() => client.query(`${sql} WHERE ${other.where}`, other.values)),
      );
    const foreign = rowOf(tables, name, 'b', 'x');
    refused(
      `${name}: INSERT for the other`,
      await attempt(async () => {
        await insert(client, tables, name, foreign);
        return { rowCount: 1 };
      }),
    );
    if (granted.has('select')) {
      const seen = await count(own.where, own.values);
      if (!('rows' in seen) || seen.rows !== 1)
        hidden.push(`${name}: own row ${'rows' in seen ? 'unseen' : seen.message}`);
    }
    if (granted.has('insert')) {
      const done = await attempt(async () => {
        await insert(client, tables, name, rowOf(tables, name, 'a', 'x'));
        return { rowCount: 1 };
      });
      // A row made of references alone, or of one-to-one references, is there already.
      if ('code' in done && done.code !== '23505')
        hidden.push(`${name}: own insert: ${done.code} ${done.message}`);
    }
    const bound = bonds
      .filter((b) => b.from.table.model === name && b.kind !== 'open')
      .map((b) => b.reference);
    const moves = [
      ...(model.tenantColumn ? [[model.tenantColumn]] : []),
      ...bound.map((r) => r.columns),
      ...(model.implicit ? (model.parents ?? []).map((p) => p.columns) : []),
    ];
    for (const columns of moves) {
      const sets = columns.map((c, i) => `${q(c)} = $${own.values.length + i + 1}`).join(', ');
      const values = [...own.values, ...columns.map((c) => columnValue(tables, name, c, 'b'))];
      const move = () =>
        attempt(() => client.query(`UPDATE ${table.sql} SET ${sets} WHERE ${own.where}`, values));
      const what = `${name}: ${columns.join(', ')} set to the other’s`;
      const outcome = await move();
      if (!('code' in outcome) || outcome.code !== '23505') {
        refused(what, outcome);
        continue;
      }
      // A one-to-one reference of the other's own row stands in the way; without that row the boundary shows.
      await admin.query("SET session_replication_role = 'replica'");
      await admin.query(`DELETE FROM ${table.sql} WHERE ${other.where}`, other.values);
      refused(what, await move());
      await insert(admin, tables, name, rowOf(tables, name, 'b'));
      await admin.query("SET session_replication_role = 'origin'");
    }
  }
  return { probes, leaks, hidden, unclear };
}
