import { randomUUID } from 'node:crypto';
import { quoteIdent as q } from '../../../database/quote.ts';
import type { Table } from '../subject/tables.ts';
import { type AnyClient, type Delegate, delegate, failureOf, type Row } from './any-client.ts';
import type { Arena, ClientProbe } from './probe.ts';
import { delegateOf } from './subject.ts';

/** What a tenant may read in an error: nothing of how the database or Prisma name things. */
const INNER = /P\d{4}|constraint|violat|_fkey|_key\b|_pkey|duplicate|relation "|policy|invocation|\bKey \(/i;

/** Every model by its keys and references: a row of another tenant has to answer as one that does not exist. */
export const twins: ClientProbe = {
  name: 'hidden rows and none',
  async run(arena) {
    const { field } = arena;
    const { ours, theirs } = field.seeded;
    const userId = field.people.ours[0] ?? randomUUID();
    const opened = arena.open({ connections: 2 });
    const client = opened.as({ organizationId: ours, userId, role: 'OWNER' });
    for (const table of field.tables) {
      if (arena.stopped()) return;
      if (!usable(table)) continue;
      const hidden = await keyIn(arena, table, theirs);
      if (hidden) await keys(arena, client, table, hidden);
      await references(arena, client, table);
    }
    await neutral(arena, client);
  },
};

function usable({ model, primary }: Table): boolean {
  return (
    (model.scope === 'tenant' || model.scope === 'tenant-user') &&
    !model.schema &&
    !model.implicit &&
    primary.length === 2 &&
    primary.includes(model.tenantColumn ?? '')
  );
}

const idColumn = ({ model, primary }: Table) => primary.find((c) => c !== model.tenantColumn)!;
const fieldOf = ({ model }: Table, column: string) => model.columns.find((c) => c.column === column)!.field;

/** Key of a row of a tenant, of one with a value in the column where there is one. */
async function keyIn(
  { field }: Arena,
  table: Table,
  tenant: string,
  filled?: string,
): Promise<string | undefined> {
  const { rows } = await field.superuser.query(
    `SELECT ${q(idColumn(table))}::text AS id FROM ${table.sql} WHERE ${q(table.model.tenantColumn!)}::text = $1
     ORDER BY ${filled ? `${q(filled)} IS NULL` : '1'} LIMIT 1`,
    [tenant],
  );
  return rows[0]?.id;
}

/** The primary key as Prisma writes it in a `where`. */
function keyOf(table: Table, tenant: string, id: string): object {
  const names = table.primary.map((c) => fieldOf(table, c));
  const values = table.primary.map((c) => (c === table.model.tenantColumn ? tenant : id));
  return { [names.join('_')]: Object.fromEntries(names.map((n, i) => [n, values[i]])) };
}

async function keys(arena: Arena, client: AnyClient, table: Table, hidden: string): Promise<void> {
  const { ours, theirs } = arena.field.seeded;
  const rows = delegate(client, delegateOf(table.model));
  const text = table.model.columns.find(
    (c) => c.type === 'text' && !c.enumName && !c.list && !table.primary.includes(c.column),
  );
  const ways: [string, (where: object) => Promise<unknown>][] = [
    ['findUniqueOrThrow', (where) => rows.findUniqueOrThrow({ where })],
    ['delete', (where) => rows.delete({ where })],
    ...(text
      ? [
          [
            'update',
            (where: object) => rows.update({ where, data: { [text.field]: 'x' } }),
          ] as (typeof ways)[0],
        ]
      : []),
  ];
  for (const [name, ask] of ways) {
    const none = await failureOf(ask(keyOf(table, ours, randomUUID())));
    for (const where of [keyOf(table, ours, hidden), keyOf(table, theirs, hidden)])
      same(arena, `${table.model.model}.${name}`, await failureOf(ask(where)), none);
  }
}

/** References to rows of another tenant, by the plain column and by `connect`. */
async function references(arena: Arena, client: AnyClient, table: Table): Promise<void> {
  const { ours, theirs } = arena.field.seeded;
  const rows: Delegate = delegate(client, delegateOf(table.model));
  for (const fk of table.model.foreignKeys) {
    const target = arena.field.tables.find((t) => t.label === fk.targetTable);
    const column = fk.columns.find((c) => c !== table.model.tenantColumn);
    if (!target || !usable(target) || !column || fk.columns.length !== 2) continue;
    const hidden = await keyIn(arena, target, theirs);
    const own = await keyIn(arena, table, ours, column);
    if (!hidden || !own) continue;
    const where = keyOf(table, ours, own);
    const set = (id: string) => rows.update({ where, data: { [fieldOf(table, column)]: id } });
    const connect = (id: string) =>
      rows.update({ where, data: { [fk.field]: { connect: keyOf(target, ours, id) } } });
    for (const [how, ask] of [
      ['=', set],
      ['connect', connect],
    ] as const)
      same(
        arena,
        `${table.model.model}.${fk.field} ${how}`,
        await failureOf(ask(hidden)),
        await failureOf(ask(randomUUID())),
      );
  }
}

function same(arena: Arena, what: string, hidden: Row | undefined, none: Row | undefined): void {
  arena.checked();
  if (!none) arena.found(`${what}: worked for a row that does not exist`);
  else if (JSON.stringify(hidden) !== JSON.stringify(none))
    arena.found(`${what}: a hidden row gives ${JSON.stringify(hidden)}, none gives ${JSON.stringify(none)}`);
  else if (!['NOT_FOUND', 'INVALID_REFERENCE', 'FORBIDDEN'].includes(String(none.code)))
    arena.found(`${what}: ended with ${none.code}: ${String(none.message).slice(0, 120)}`);
  else if (INNER.test(`${none.message} ${none.hint}`))
    arena.found(`${what}: the error tells of the inside: ${none.message}`);
}

/** Errors that a caller brings about with own rows say nothing of constraints and values either. */
async function neutral(arena: Arena, client: AnyClient): Promise<void> {
  const { subject, seeded } = arena.field;
  const { label, id, tenant } = subject;
  const rows = delegate(client, subject.delegate);
  const own = await keyIn(arena, subject.table, seeded.ours);
  const provoked = [
    await failureOf(rows.create({ data: { [label]: 'x', [id]: own } })),
    await failureOf(rows.create({ data: { [label]: 'x', [tenant]: seeded.theirs } })),
    await failureOf(
      client.$executeRawUnsafe(
        `INSERT INTO ${subject.table.sql} (${q(subject.idColumn)}, ${q(subject.labelColumn)}) VALUES ('${own}', 'x')`,
      ),
    ),
  ];
  for (const failure of provoked) {
    arena.checked();
    if (!failure || !['CONFLICT', 'FORBIDDEN'].includes(String(failure.code)))
      arena.found(`an error has no code of the client: ${JSON.stringify(failure)?.slice(0, 200)}`);
    else if (INNER.test(`${failure.message} ${failure.hint}`))
      arena.found(`the error ${failure.code} tells of the inside: ${failure.message}`);
  }
}
