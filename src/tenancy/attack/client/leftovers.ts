import type { TenancyOptions } from '../../client/tenancy.ts';
import { type AnyClient, delegate, failureOf } from './any-client.ts';
import { type Asker, PASSING, STANDING } from './field.ts';
import { countSql, judgeClient, judgeContext } from './own-only.ts';
import type { Arena, ClientProbe } from './probe.ts';

/** What a tenant does to the connection that the next one gets. */
interface Trick {
  readonly name: string;
  play(client: AnyClient, arena: Arena, asker: Asker, other: AnyClient): Promise<unknown>;
  /** Error codes it may end with; without them it has to succeed. */
  readonly ends?: readonly string[];
  /** Its traces stay on a server connection behind a pooler, which the page on the client says. */
  readonly staysBehindPooler?: true;
}

const sql = (...statements: string[]): Trick => ({
  name: statements.join('; '),
  play: async (client) => {
    for (const text of statements) await client.$executeRawUnsafe(text);
  },
});
const stays = (...statements: string[]): Trick => ({ ...sql(...statements), staysBehindPooler: true });
const inTransaction = (...statements: string[]): Trick => ({
  name: `in a transaction: ${statements.join('; ')}`,
  play: (client) =>
    client.$transaction(async (tx) => {
      for (const text of statements) await tx.$executeRawUnsafe(text);
    }),
});

const KEPT = "SELECT set_config('app.context', current_setting('app.context'), false)";
const ANY_ERROR = [''];

function tricks({ field }: Arena): Trick[] {
  const { subject, boundary } = field;
  const { label, id, tenant, table } = subject;
  const rows = (client: AnyClient) => delegate(client, subject.delegate);
  const { app, platform } = boundary.roles;
  return [
    { name: 'a read', play: (c) => rows(c).count() },
    {
      name: 'a taken key',
      play: (c, _, asker) => rows(c).create({ data: { [label]: PASSING, [id]: asker.row } }),
      ends: ['CONFLICT'],
    },
    {
      name: 'a value against its check',
      play: (c) => rows(c).create({ data: { [label]: '' } }),
      ends: ['INVALID_VALUE', ''],
    },
    {
      name: 'a row for another tenant',
      play: (c) => rows(c).create({ data: { [label]: PASSING, [tenant]: field.askers[1]!.organizationId } }),
      ends: ['FORBIDDEN'],
    },
    {
      name: 'bulk rows that fail',
      play: (c) => c.$bulkInsert(subject.model, [{ [label]: '' }]),
      ends: ['INVALID_VALUE', ''],
    },
    {
      name: 'a batch that fails',
      play: (c) =>
        c.$transaction([
          rows(c).count(),
          rows(c).create({ data: { [label]: PASSING, [tenant]: field.askers[1]!.organizationId } }),
        ]),
      ends: ['FORBIDDEN'],
    },
    {
      name: 'a transaction that fails',
      play: (c) =>
        c.$transaction(async (tx) => {
          await rows(tx).count();
          await tx.$executeRawUnsafe('SELEC');
        }),
      ends: ANY_ERROR,
    },
    {
      name: 'a transaction that is thrown away',
      play: (c) =>
        c.$transaction(async (tx) => {
          await rows(tx).count();
          throw Object.assign(new Error('undo'), { code: 'UNDO' });
        }),
      ends: ['UNDO'],
    },
    { ...sql('SELEC'), ends: ANY_ERROR },
    { ...sql(`SELECT * FROM ${table.sql}; SELECT 1`), ends: ANY_ERROR },
    sql("SET statement_timeout = '1ms'"),
    sql('SET search_path = pg_catalog'),
    sql('SET row_security = off'),
    sql('SET default_transaction_read_only = on'),
    sql('SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY'),
    sql(KEPT),
    sql("SET app.context = 'forged'"),
    { ...sql(`SET ROLE ${platform}`), ends: ANY_ERROR },
    { ...sql(`SET SESSION AUTHORIZATION ${platform}`), ends: ANY_ERROR },
    sql(`SET SESSION AUTHORIZATION ${app}`),
    sql('SET ROLE none'),
    sql('BEGIN'),
    { ...sql('BEGIN', 'SELEC'), ends: ANY_ERROR },
    sql('COMMIT'),
    sql('ROLLBACK'),
    stays('PREPARE bait AS SELECT 1'),
    stays('PREPARE lotline_context(text) AS SELECT $1'),
    { ...sql('DEALLOCATE ALL'), staysBehindPooler: true },
    stays('LISTEN bait'),
    stays('SELECT pg_advisory_lock(4711)'),
    stays(`DECLARE bait CURSOR WITH HOLD FOR SELECT * FROM ${table.sql}`),
    { ...sql('CREATE TEMP TABLE bait (i int)'), ends: ANY_ERROR },
    inTransaction(KEPT),
    inTransaction("SET statement_timeout = '1ms'"),
    inTransaction('SET search_path = pg_catalog'),
    {
      ...inTransaction('PREPARE bait AS SELECT 1', 'SELECT pg_advisory_lock(4712)', 'LISTEN bait'),
      staysBehindPooler: true,
    },
    { ...inTransaction('DEALLOCATE ALL'), staysBehindPooler: true },
    { ...inTransaction('COMMIT'), ends: ['TRANSACTION_ENDED'] },
    { ...inTransaction('COMMIT', 'SELECT 1'), ends: ['TRANSACTION_ENDED'] },
    { ...inTransaction('ROLLBACK', 'BEGIN', KEPT), ends: ['TRANSACTION_ENDED'] },
    { ...inTransaction('COMMIT AND CHAIN'), ends: ['TRANSACTION_ENDED', ''] },
    {
      name: 'an inner transaction that is undone first',
      play: (c, arena, asker) =>
        c.$transaction(async (tx) => {
          const inner = tx.$transaction(async (deep) => {
            await rows(deep).count();
            throw new Error('undo');
          });
          await inner.catch(() => {});
          const left = await rows(tx).count({ where: { [label]: STANDING } });
          arena.checked();
          if (left !== asker.rows)
            arena.found(`after an undone inner transaction ${left} rows instead of ${asker.rows}`);
        }),
    },
    {
      name: 'an extended client',
      play: async (c, arena, asker) => {
        const extended = c.$extends({
          query: {
            $allOperations: ({ args, query }: { args: object; query: (a: object) => unknown }) => query(args),
          },
        });
        await judgeClient(arena, extended, asker, 'an extended client');
        await judgeClient(arena, extended.$extends({}), asker, 'a client extended twice');
      },
    },
    {
      name: 'a call of another tenant in a batch',
      play: (c, _, __, other) => c.$transaction([rows(c).count(), rows(other).count()]),
      ends: ['FOREIGN_PROMISE'],
    },
  ];
}

/** What a connection tells of those who had it before. */
const TRACES = `SELECT session_user::text AS login, current_user::text AS role, current_setting('search_path') AS path,
  current_setting('statement_timeout') AS timeout, current_setting('row_security') AS row_security,
  current_setting('default_transaction_read_only') AS read_only, coalesce(current_setting('app.context', true), '') AS context`;
const LASTING = `SELECT (SELECT coalesce(string_agg(statement, '; '), '') FROM pg_prepared_statements WHERE name !~ '^lotline_' OR statement ~ 'PREPARE') AS prepared,
  (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) AS locks,
  (SELECT count(*)::int FROM pg_cursors WHERE name = 'bait') AS cursors,
  (SELECT count(*)::int FROM pg_listening_channels()) AS channels`;

interface Way {
  readonly name: string;
  readonly options: Partial<TenancyOptions<object>>;
}

const WAYS: readonly Way[] = [
  { name: 'directly', options: {} },
  { name: 'without prepared statements', options: { preparedStatements: 0 } },
  { name: 'with app.set_context', options: { cluster: true } },
  { name: 'as behind a pooler', options: { pooler: true } },
];

/** Two tenants on one connection, of whom the second meets what the first has left there. */
const leftOn = (way: Way): ClientProbe => ({
  name: `what is left on a connection, ${way.name}`,
  async run(arena) {
    const opened = arena.open({ connections: 1, ...way.options });
    const [a, b] = arena.field.askers as [Asker, Asker];
    const [mine, theirs] = [opened.as(a), opened.as(b)];
    const look = async (lasting: boolean) =>
      JSON.stringify([
        (await opened.pool.query(TRACES)).rows,
        lasting ? (await opened.pool.query(LASTING)).rows : [],
      ]);
    const clean = await look(true);
    // What the client prepares, it prepares for the second call.
    for (const asker of [a, b, a, b]) await judgeClient(arena, opened.as(asker), asker, 'before everything');
    for (const trick of tricks(arena)) {
      if (arena.stopped()) return;
      const failure = await failureOf(trick.play(mine, arena, a, theirs));
      arena.checked();
      const ends = trick.ends ?? [];
      if (
        failure
          ? !(ends.includes(String(failure.code)) || ends.includes(''))
          : ends.length > 0 && !ends.includes('')
      )
        arena.found(
          `${trick.name}: ended with ${failure?.code ?? 'success'} instead of ${ends.join(' or ') || 'success'}`,
        );
      const whole = !(way.options.pooler && trick.staysBehindPooler);
      const left = await look(whole);
      arena.checked();
      if (whole ? left !== clean : JSON.parse(left)[0][0].context !== '')
        arena.found(`after ${trick.name}: the connection says ${left}`);
      await judgeClient(arena, theirs, b, `after ${trick.name}`);
      if (!whole) await opened.pool.query('DISCARD ALL');
    }
  },
});

export const leftovers: readonly ClientProbe[] = WAYS.map(leftOn);

/** The same through a real pooler at that address. */
export const leftoversThrough = (url: string): ClientProbe =>
  leftOn({ name: 'through PgBouncer', options: { pooler: true, url } });

/** Comments like those by which the client knows its calls, in SQL of a caller, while another tenant’s call runs. */
export const forgery: ClientProbe = {
  name: 'comments that claim another call',
  async run(arena) {
    const opened = arena.open({ connections: 4 });
    const [a, b] = arena.field.askers as [Asker, Asker];
    const [mine, theirs] = [opened.as(a), opened.as(b)];
    const says = "SELECT current_setting('app.context', true) AS context";
    let release = () => {};
    const wait = new Promise<void>((resolve) => {
      release = resolve;
    });
    // One open transaction, and calls that end one after another, so that many ids fly.
    const held = theirs.$transaction(async (tx) => {
      await tx.$queryRawUnsafe(countSql(arena.field));
      await wait;
    });
    held.catch(() => {});
    const asleep = theirs.$queryRawUnsafe('SELECT pg_sleep(1.2)::text').catch(() => {});
    const ids = Array.from({ length: 24 }, (_, i) => (i + 1).toString(36));
    try {
      for (const text of ids.flatMap((id) => [
        `${says} /*lotline='${id}'*/`,
        `/*lotline='${id}'*/ ${says}`,
        `${says} /*lotline='${id}'*/ -- `,
      ])) {
        if (arena.stopped()) break;
        const [row] = await mine.$queryRawUnsafe(text).catch(() => [{ context: 'no answer' }]);
        judgeContext(arena, a, row?.context, 'a forged comment');
      }
    } finally {
      release();
      await Promise.all([held.catch(() => {}), asleep]);
    }
    arena.checked();
    for (const id of ids) {
      const answer = await opened.base.$queryRawUnsafe(`${says} /*lotline='${id}'*/`).catch(() => []);
      if (answer.length > 0) arena.found('a forged comment gave SQL without a tenant one');
    }
    // Names that end a comment, or look like one, in values and labels.
    const { delegate: name, label } = arena.field.subject;
    const strange = `x'*/ /*lotline='1'*/`;
    const made = await delegate(mine, name).create({ data: { [label]: strange } });
    arena.checked();
    if (made[label] !== strange) arena.found('a value like a comment was changed');
    const seen = await delegate(theirs, name).count({ where: { [label]: strange } });
    if (seen > 0) arena.found('a value like a comment is seen by another tenant');
  },
};
