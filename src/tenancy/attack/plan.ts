import type pg from 'pg';
import { quoteIdent as q, quoteLiteral } from '../../database/quote.ts';
import type { Boundary } from '../boundary.ts';
import type { ContextKey } from '../context.ts';
import { type Actor, actorsFor, STRANGER } from './actors.ts';
import { userColumns } from './declared.ts';
import type { Probe } from './probe.ts';
import { ROW_OPERATIONS } from './rows/index.ts';
import { ALONE, type Choice, granted, insertion, type Target, takeOut } from './rows/target.ts';
import { findPeople, type People } from './subject/people.ts';
import { ofTenants, readAttackedTables, type Table, type TableList } from './subject/tables.ts';
import { chooseTenants, type Tenants } from './subject/tenants.ts';
import { type Row, readRows, readTruth, type Truth } from './subject/truth.ts';

/** What an attack knows of the database before it begins. */
export interface Subject extends TableList {
  readonly boundary: Boundary;
  readonly key: ContextKey;
  readonly tenants: Tenants;
  readonly people: People;
}

export async function readSubject(client: pg.Client, boundary: Boundary, key: ContextKey): Promise<Subject> {
  const list = await readAttackedTables(client, boundary);
  const tenants = await chooseTenants(client, list.tables);
  const people = await findPeople(client, list.tables, boundary.roles.app, tenants);
  return { ...list, boundary, key, tenants, people };
}

/** Every actor before one table, with what is declared of him there. */
export interface TablePlan {
  readonly table: Table;
  readonly targets: readonly Target[];
  /** What the suite could not find in the rows, so that something stays untried. */
  readonly gaps: readonly string[];
  /** A row of the other tenant that can be inserted again, and by whom. */
  readonly elsewhere?: { readonly actor: string; readonly row: Row };
  /** An insertion by the same, of any row with some columns changed. */
  insertElsewhere(row: Row, change: Record<string, unknown>): string;
}

/**
 * Prepares the attack on a table.
 * @param client a superuser, outside a transaction, on a database whose boundary is whole: what is declared is read
 *   with the help of its functions.
 */
export async function planTable(
  client: pg.Client,
  subject: Subject,
  table: Table,
  only?: readonly string[],
): Promise<TablePlan> {
  const { boundary, tenants, people, key } = subject;
  const owner = people.byTable.get(table.label) ?? people.ours[0] ?? '';
  const actors = actorsFor(owner, tenants, people, boundary.roles, key).filter(
    (a) => only?.includes(a.name) ?? true,
  );
  await client.query('BEGIN; SAVEPOINT plan');
  try {
    const rows = await readRows(client, table);
    const known = new Map<string, Truth>();
    const truths: [Actor, Truth][] = [];
    for (const actor of actors) {
      const id = JSON.stringify([actor.role, actor.context]);
      if (!known.has(id)) {
        await client.query(
          `ROLLBACK TO plan; ${actor.invalid || actor.role === STRANGER ? '' : actor.enter.replace(/.*SET LOCAL ROLE.*/, '')}`,
        );
        known.set(id, await readTruth(client, boundary, table, actor));
      }
      truths.push([actor, known.get(id)!]);
    }
    await client.query('ROLLBACK TO plan');
    const quiet = await quietColumn(client, subject, table, rows[0]?.json);
    const colleague = people.ours.find((p) => p !== owner) ?? owner;
    const target = (actor: Actor, truth: Truth, fresh = rows[0]!): Target => ({
      table,
      actor,
      truth,
      rows,
      roles: boundary.roles,
      tenants,
      choice: { fresh, colleague, ...(quiet ? { quiet } : {}) } satisfies Choice,
    });
    const gaps = rows.length === 0 ? ['no rows at all'] : [];
    const nothing = { table, targets: [], gaps, insertElsewhere: () => '' };
    if (rows.length === 0) return nothing;
    const all = truths.map(([a, t]) => target(a, t));
    const fresh = (await freshRow(client, all, tenants.ours))?.row;
    if (!fresh) gaps.push('no row that can be inserted again by anybody');
    gaps.push(...missingRows(subject, table, truths, rows));
    const first = rows.find((r) => r.tenant === tenants.ours) ?? rows[0]!;
    const outside = all.filter(
      (t) => /another tenant$/.test(t.actor.name) && t.actor.name !== 'the same person in another tenant',
    );
    const elsewhere = await freshRow(client, outside, tenants.theirs);
    return {
      table,
      targets: truths.map(([a, t]) => target(a, t, fresh ?? first)),
      gaps,
      ...(elsewhere ? { elsewhere: { actor: elsewhere.target.actor.name, row: elsewhere.row } } : {}),
      insertElsewhere: (row, change) => (elsewhere ? insertion(elsewhere.target, row, change) : ''),
    };
  } finally {
    await client.query('ROLLBACK');
  }
}

/** The probes on rows that a target gives. */
export function rowProbes(target: Target): Probe[] {
  return ROW_OPERATIONS.flatMap((operation) => operation.probes(target));
}

/** A row of the tenant that somebody can insert anew, found by trying. */
async function freshRow(client: pg.Client, targets: readonly Target[], tenant: string) {
  for (const target of targets) {
    if (target.actor.refused || !granted(target, target.actor.role, 'insert')) continue;
    const candidates = target.rows.filter(
      (r) => (target.truth.insert.has(r.key) && !ofTenants(target.table)) || r.tenant === tenant,
    );
    for (const row of candidates.slice(0, 60)) {
      await client.query(`ROLLBACK TO plan; ${takeOut(target.table, row)}`);
      try {
        await client.query(`SET LOCAL SESSION AUTHORIZATION ${q(target.actor.role)}`);
        if (target.actor.enter) await client.query(target.actor.enter);
        await client.query(insertion(target, row));
        await client.query('ROLLBACK TO plan');
        return { target, row };
      } catch {
        await client.query('ROLLBACK TO plan');
      }
    }
  }
  return undefined;
}

/** A column into which one value can be written in every row at once, and that some role may update. */
async function quietColumn(
  client: pg.Client,
  { boundary }: Subject,
  table: Table,
  json?: string,
): Promise<string | undefined> {
  const { app, ingest, platform } = boundary.roles;
  const grants = [app, ingest, platform].flatMap((role) =>
    table.model.grants.filter((g) => g.role === role && g.privilege === 'update'),
  );
  const allowed = grants[0]?.columns ?? table.columns.map((c) => c.name);
  const taken = new Set([
    ...table.primary,
    table.tenantKey,
    ...userColumns(table.model, app),
    ...table.uniques.flatMap((u) => u.columns),
  ]);
  const rank = (type: string) => (/^timestamp/.test(type) ? 0 : /^(text|character)/.test(type) ? 1 : 2);
  const candidates = table.columns
    .filter((c) => allowed.includes(c.name) && !taken.has(c.name) && !c.generated)
    .sort(
      (a, b) =>
        rank(a.type) - rank(b.type) ||
        Number(b.name.startsWith('updated')) - Number(a.name.startsWith('updated')),
    );
  if (!json) return undefined;
  for (const { name, type } of candidates) {
    try {
      await client.query(
        `ROLLBACK TO plan; ${ALONE}; UPDATE ${table.sql} SET ${q(name)} = (${quoteLiteral(json)}::jsonb ->> ${quoteLiteral(name)})::${type}`,
      );
      await client.query('ROLLBACK TO plan');
      return name;
    } catch {
      await client.query('ROLLBACK TO plan');
    }
  }
  return undefined;
}

/** Rows that an attack on a table needs: of both tenants, hidden and shown, and of two people where they are a person’s. */
function missingRows(
  { tenants }: Subject,
  table: Table,
  truths: readonly [Actor, Truth][],
  rows: readonly { tenant: string | null }[],
): string[] {
  const select = table.model.policies.find((p) => p.operation === 'select' && p.permissive);
  const nobody = truths.find(([a]) => a.name === 'no context')?.[1];
  if (!ofTenants(table))
    return select && nobody?.select.size === rows.length
      ? ['no row that is hidden from the application']
      : [];
  const gaps = [tenants.ours, tenants.theirs]
    .filter((t) => !rows.some((r) => r.tenant === t))
    .map((t) => `no row of the tenant ${t}`);
  const other = truths.find(([a]) => a.name === 'another tenant')?.[1];
  if (other && other.select.size === rows.length) gaps.push('no row that is hidden from another tenant');
  return gaps;
}
