import { randomUUID } from 'node:crypto';
import { type AnyClient, delegate, failureOf } from './any-client.ts';
import { type Asker, PASSING, STANDING } from './field.ts';
import { countSql, judgeContext, judgeCount, judgeNumber, judgeRows } from './own-only.ts';
import type { Arena, ClientProbe } from './probe.ts';

/** What an asker does at a time. */
type Deed = (arena: Arena, client: AnyClient, asker: Asker, all: readonly Asker[]) => Promise<void>;

/** Codes with which a call may end when somebody else cancels statements at random. */
const CANCELLED = 'TIMEOUT';
const WORKERS = 48;

/** Many tenants over few connections, in every kind of call, while statements are cancelled. */
export const concurrency: ClientProbe = {
  name: 'many tenants at once',
  async run(arena) {
    const { field, calls } = arena;
    const opened = arena.open({ connections: 4 });
    const clients = field.askers.map((a) => opened.as(a));
    let next = 0;
    const worker = async () => {
      while (next < calls && !arena.stopped()) {
        const i = next;
        next += 1;
        const asker = field.askers[(i * 31 + Math.floor(i / 7)) % field.askers.length]!;
        const client = clients[field.askers.indexOf(asker)]!;
        const deed = DEEDS[i % DEEDS.length]!;
        try {
          await deed(arena, client, asker, field.askers);
        } catch (error) {
          const { code, message } = error as { code?: string; message: string };
          if (code !== CANCELLED) arena.found(`call ${i} failed: ${code ?? ''} ${message.slice(0, 200)}`);
        }
      }
    };
    let busy = true;
    const cancelling = (async () => {
      while (busy && !arena.stopped()) {
        await field.superuser.query(
          "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND state = 'active' ORDER BY random() LIMIT 1",
          [opened.name],
        );
        await new Promise((wake) => setTimeout(wake, 100));
      }
    })();
    await Promise.all(Array.from({ length: WORKERS }, worker));
    busy = false;
    await cancelling;
  },
};

const standing = ({ field }: Arena) => ({ [field.subject.label]: STANDING });
const rowsOf = (arena: Arena, client: AnyClient) => delegate(client, arena.field.subject.delegate);
const keyOf = ({ field }: Arena, organizationId: string, id: string) => {
  const { model, tenant, id: field2 } = field.subject;
  void model;
  const names = field.subject.table.primary.map((c) => (c === field.subject.tenantColumn ? tenant : field2));
  return { [names.join('_')]: { [tenant]: organizationId, [field2]: id } };
};

const findMany: Deed = async (arena, client, asker) =>
  judgeRows(arena, asker, await rowsOf(arena, client).findMany({ where: standing(arena) }), 'findMany');

const count: Deed = async (arena, client, asker) =>
  judgeNumber(arena, asker, await rowsOf(arena, client).count({ where: standing(arena) }), 'count');

const raw: Deed = async (arena, client, asker) =>
  judgeCount(arena, asker, await client.$queryRawUnsafe(countSql(arena.field)), 'raw SQL');

/** Two keys asked for in one tick, which Prisma gathers into one query: the own row, and one of a neighbour. */
const unique: Deed = async (arena, client, asker, all) => {
  const other = all[(all.indexOf(asker) + 1) % all.length]!;
  const ask = (id: string) =>
    rowsOf(arena, client).findUnique({ where: keyOf(arena, asker.organizationId, id) });
  const [own, hidden] = await Promise.all([ask(asker.row), ask(other.row)]);
  arena.checked(2);
  if (own?.[arena.field.subject.tenant] !== asker.organizationId) arena.found('findUnique: not the own row');
  if (hidden) arena.found('findUnique: a row of another tenant');
};

/** The row of a neighbour by its whole key, asked in the same tick as the neighbour asks for it. */
const foreignKey: Deed = async (arena, client, asker, all) => {
  const other = all[(all.indexOf(asker) + 1) % all.length]!;
  const where = keyOf(arena, other.organizationId, other.row);
  arena.checked();
  if (await rowsOf(arena, client).findUnique({ where })) arena.found('a row by the key of another tenant');
};

const batch: Deed = async (arena, client, asker) => {
  const rows = rowsOf(arena, client);
  const [n, found, counted] = await client.$transaction([
    rows.count({ where: standing(arena) }),
    rows.findMany({ where: standing(arena) }),
    client.$queryRawUnsafe(countSql(arena.field)),
  ]);
  judgeNumber(arena, asker, n, 'batch');
  judgeRows(arena, asker, found as object[], 'batch');
  judgeCount(arena, asker, counted as object[], 'batch');
};

const interactive: Deed = async (arena, client, asker) => {
  const { label, tenant } = arena.field.subject;
  await client.$transaction(async (tx) => {
    const made = await rowsOf(arena, tx).create({ data: { [label]: PASSING } });
    if (made[tenant] !== asker.organizationId) arena.found('a transaction wrote to another tenant');
    judgeCount(arena, asker, await tx.$queryRawUnsafe(countSql(arena.field)), 'transaction');
    const found = await rowsOf(arena, tx).findMany({ where: standing(arena) });
    judgeRows(arena, asker, found, 'transaction');
  });
};

const bulk: Deed = async (arena, client, asker) => {
  const { model, label } = arena.field.subject;
  const label2 = `${PASSING} ${randomUUID()}`;
  arena.checked();
  const written = await client.$bulkInsert(model, [{ [label]: label2 }, { [label]: label2 }]);
  const found = await rowsOf(arena, client).findMany({ where: { [label]: label2 } });
  if (written !== 2 || found.length !== 2) arena.found(`bulk: ${written} written, ${found.length} found`);
  if (found.some((r) => r[arena.field.subject.tenant] !== asker.organizationId))
    arena.found('bulk: rows of another tenant');
};

const update: Deed = async (arena, client, asker) => {
  const done = await rowsOf(arena, client).updateMany({ where: standing(arena), data: standing(arena) });
  judgeNumber(arena, asker, done.count, 'updateMany');
};

const errors: Deed = async (arena, client, asker) => {
  const { label, id } = arena.field.subject;
  const data = { [label]: PASSING, [id]: asker.row };
  const refused = await Promise.all([
    failureOf(rowsOf(arena, client).create({ data })),
    failureOf(client.$queryRawUnsafe('SELEC')),
  ]);
  arena.checked();
  if (![CANCELLED, 'CONFLICT'].includes(String(refused[0]?.code)))
    arena.found(`a taken key gave ${refused[0]?.code}`);
  if (!refused[1]) arena.found('a syntax error was no error');
};

const cancelled: Deed = async (arena, client) => {
  arena.checked();
  const failure = await failureOf(
    client.$queryRawUnsafe('SELECT pg_cancel_backend(pg_backend_pid())::text, pg_sleep(5)::text'),
  );
  if (failure?.code !== CANCELLED) arena.found(`a cancelled call gave ${failure?.code ?? 'an answer'}`);
};

/** Promises of several tenants, made in one order and awaited in another; Prisma asks when somebody waits. */
const lazy: Deed = async (arena, client, asker) => {
  const asked = [
    rowsOf(arena, client).findMany({ where: standing(arena) }),
    client.$queryRawUnsafe<object[]>(countSql(arena.field)),
    rowsOf(arena, client).findMany({ where: standing(arena), take: 100 }),
  ] as const;
  judgeRows(arena, asker, await asked[2], 'awaited first, made last');
  judgeCount(arena, asker, await asked[1], 'awaited second');
  judgeRows(arena, asker, await asked[0], 'awaited last, made first');
};

const context: Deed = async (arena, client, asker) => {
  const [row] = await client.$queryRawUnsafe("SELECT current_setting('app.context', true) AS context");
  judgeContext(arena, asker, row?.context, 'raw SQL');
};

/** How often each is done: reads are what applications do most. */
const DEEDS: readonly Deed[] = [
  ...[findMany, count, unique, foreignKey, findMany, raw, count, unique, batch, findMany],
  ...[context, count, unique, update, findMany, foreignKey, interactive, count, lazy, findMany],
  ...[errors, count, unique, findMany, raw, bulk, cancelled, foreignKey, findMany, count],
];

/** Promises that are made under one tenant and awaited in the transaction of another. */
export const promises: ClientProbe = {
  name: 'promises awaited elsewhere',
  async run(arena) {
    const { open } = arena;
    const opened = open({ connections: 3 });
    const [a, b] = arena.field.askers.slice(0, 2) as [Asker, Asker];
    const [mine, theirs] = [opened.as(a), opened.as(b)];
    const where = standing(arena);
    const made = rowsOf(arena, theirs).findMany({ where });
    const counted = theirs.$queryRawUnsafe<object[]>(countSql(arena.field));
    await mine.$transaction(async (tx) => {
      judgeRows(arena, a, await rowsOf(arena, tx).findMany({ where }), 'own call before');
      judgeRows(arena, b, await made, 'promise of another awaited in a transaction');
      judgeCount(arena, b, await counted, 'promise of another awaited in a transaction');
      judgeRows(arena, a, await rowsOf(arena, tx).findMany({ where }), 'own call after');
    });
    const mixed = [rowsOf(arena, mine).count({ where }), rowsOf(arena, theirs).count({ where })];
    const refusal = await failureOf(mine.$transaction(mixed));
    arena.checked();
    if (refusal?.code !== 'FOREIGN_PROMISE')
      arena.found(`a batch of two tenants gave ${refusal?.code ?? 'an answer'}`);
    const first = await failureOf(mine.$transaction([rowsOf(arena, theirs).count({ where })]));
    arena.checked();
    if (first?.code !== 'FOREIGN_PROMISE')
      arena.found(`a batch of another tenant’s calls gave ${first?.code ?? 'an answer'}`);
    for (const unbound of [
      () => rowsOf(arena, opened.base).findMany({ where }),
      () => opened.base.$queryRawUnsafe(countSql(arena.field)),
      () => opened.base.$transaction((tx) => rowsOf(arena, tx).findMany({ where })),
    ]) {
      arena.checked();
      const refused = await failureOf(unbound());
      if (!refused) arena.found('a call of nobody was answered');
    }
    // One that is bound to another person or another role of the same tenant is another client.
    for (const other of [
      { ...a, userId: b.userId },
      { ...a, role: 'VIEWER' },
    ])
      await context(arena, opened.as(other), other, []);
    await context(arena, mine, a, []);
  },
};
