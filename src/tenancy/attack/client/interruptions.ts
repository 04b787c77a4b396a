import { type AnyClient, delegate, failureOf } from './any-client.ts';
import { type Asker, PASSING } from './field.ts';
import { judgeClient } from './own-only.ts';
import type { Arena, ClientProbe } from './probe.ts';

/** Calls and transactions that are stopped half way, from here and from the server. */
export const interruptions: ClientProbe = {
  name: 'calls that are cut off',
  async run(arena) {
    const { field } = arena;
    const [a, b] = field.askers as [Asker, Asker];
    const opened = arena.open({ connections: 1 });
    const [mine, theirs] = [opened.as(a), opened.as(b)];
    const hit = async (what: 'cancel' | 'terminate', text: string) => {
      for (let found = false; ; ) {
        // Within a transaction the server shows what it saw first.
        await field.superuser.query('SELECT pg_stat_clear_snapshot()');
        const { rowCount } = await field.superuser.query(
          `SELECT pg_${what}_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND state = 'active' AND strpos(query, $2) > 0`,
          [opened.name, text],
        );
        found ||= Boolean(rowCount);
        // The server drops a cancellation that comes between two messages of one statement: repeated until it has ended.
        if (arena.stopped() || (found && (what === 'terminate' || !rowCount))) return;
      }
    };
    const { table, labelColumn, delegate: name, label } = field.subject;
    const slowWrite = `INSERT INTO ${table.sql} ("${labelColumn}") SELECT '${PASSING}' FROM pg_sleep(0.3)`;
    const cases: [string, string[], () => Promise<unknown>][] = [
      [
        'a call that is cancelled',
        ['TIMEOUT'],
        () => cut(hit('cancel', 'pg_sleep'), mine.$queryRawUnsafe('SELECT pg_sleep(4)::text')),
      ],
      [
        'a call whose connection ends',
        ['UNAVAILABLE'],
        () => cut(hit('terminate', 'pg_sleep'), mine.$queryRawUnsafe('SELECT pg_sleep(4)::text')),
      ],
      [
        'a write whose connection ends',
        ['UNAVAILABLE'],
        () => cut(hit('terminate', 'pg_sleep'), mine.$executeRawUnsafe(slowWrite)),
      ],
      [
        'a transaction that is cancelled',
        ['TIMEOUT'],
        () => cut(hit('cancel', 'pg_sleep'), asleep(mine, name)),
      ],
      [
        'a transaction whose connection ends',
        ['UNAVAILABLE', 'TIMEOUT'],
        () => cut(hit('terminate', 'pg_sleep'), asleep(mine, name)),
      ],
      ['a transaction that takes too long', ['TIMEOUT'], () => asleep(mine, name, 0.4, { timeout: 100 })],
      [
        'a transaction whose connection ends between two calls',
        ['UNAVAILABLE', 'TIMEOUT'],
        () =>
          mine.$transaction(async (tx) => {
            const [row] = await tx.$queryRawUnsafe('SELECT pg_backend_pid() AS pid');
            await field.superuser.query('SELECT pg_terminate_backend($1, 5000)', [row!.pid]);
            await delegate(tx, name).create({ data: { [label]: PASSING } });
          }),
      ],
    ];
    for (const [what, codes, work] of cases) {
      if (arena.stopped()) return;
      const failure = await failureOf(work());
      arena.checked();
      if (!codes.includes(String(failure?.code)))
        arena.found(`${what}: ended with ${failure?.code ?? 'success'} instead of ${codes.join(' or ')}`);
      await judgeClient(arena, theirs, b, `after ${what}`);
      await judgeClient(arena, mine, a, `after ${what}`);
    }
    await rereads(arena, mine, hit);
    const impatient = arena.open({ connections: 1, statementTimeout: 150 });
    const late = await failureOf(impatient.as(a).$queryRawUnsafe('SELECT pg_sleep(5)::text'));
    arena.checked();
    if (late?.code !== 'TIMEOUT') arena.found(`a statement over its time gave ${late?.code ?? 'an answer'}`);
    await judgeClient(arena, impatient.as(b), b, 'after a statement over its time');
  },
};

/** A write is not sent twice when its connection ends: what it did is unknown. A model’s write, which the client knows as such. */
async function rereads(
  arena: Arena,
  mine: AnyClient,
  hit: (what: 'terminate', text: string) => Promise<void>,
): Promise<void> {
  const { superuser, subject } = arena.field;
  const { table, delegate: name, label } = subject;
  await superuser.query(`BEGIN; LOCK TABLE ${table.sql} IN SHARE ROW EXCLUSIVE MODE`);
  const write = failureOf(delegate(mine, name).create({ data: { [label]: PASSING } }));
  try {
    await hit('terminate', 'INSERT INTO');
  } finally {
    await superuser.query('COMMIT');
  }
  const failure = await write;
  arena.checked();
  if (failure?.code !== 'UNAVAILABLE')
    arena.found(`a write whose connection ended gave ${failure?.code ?? 'an answer, from a second attempt'}`);
}

const cut = async (hit: Promise<void>, work: Promise<unknown>) => {
  // A Prisma promise begins when somebody waits for it.
  const outcome = work.then(
    () => undefined,
    (error: unknown) => error,
  );
  await hit;
  const error = await outcome;
  if (error) throw error;
};

const asleep = (client: AnyClient, name: string, seconds = 4, options = {}) =>
  client.$transaction(async (tx) => {
    await delegate(tx, name).count();
    await tx.$queryRawUnsafe(`SELECT pg_sleep(${seconds})::text`);
    await delegate(tx, name).count();
  }, options);

/** Contexts are signed with the key of the moment: after a rotation the last one is worth nothing any more. */
export const rotation: ClientProbe = {
  name: 'a key that changes',
  async run(arena) {
    const { field } = arena;
    const [a, b] = field.askers as [Asker, Asker];
    let key = field.key;
    const opened = arena.open({ connections: 2, keys: { signing: () => key } });
    await judgeClient(arena, opened.as(a), a, 'under the first key');
    key = field.nextKey;
    for (const asker of [a, b]) {
      const [row] = await opened
        .as(asker)
        .$queryRawUnsafe("SELECT current_setting('app.context', true) AS context");
      arena.checked();
      if (String(row?.context).split('.')[3] !== String(field.nextKey.id))
        arena.found('after a rotation: a context is signed with the old key');
      await judgeClient(arena, opened.as(asker), asker, 'under the next key');
    }
    key = { ...field.nextKey, secret: Buffer.alloc(32, 1) };
    const stranger = arena.open({ connections: 1, keys: { signing: () => key } });
    const refused = await failureOf(delegate(stranger.as(a), field.subject.delegate).findMany());
    arena.checked();
    if (refused?.code !== 'CONTEXT_INVALID')
      arena.found(`a context of a wrong key gave ${refused?.code ?? 'an answer'}`);
  },
};
