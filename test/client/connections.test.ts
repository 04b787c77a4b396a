import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { tenancyOn } from '../support/tenancy.ts';
import { type Tenant, tenant } from '../support/tenants.ts';

describe('what is left on a pooled connection', () => {
  let db: TestDatabase;
  let ours: Tenant;
  let theirs: Tenant;

  beforeAll(async () => {
    db = await freshDatabase();
    ours = await tenant(db);
    theirs = await tenant(db);
  });

  /** Two tenants on one connection, so that the second meets whatever the first left. */
  const pair = (options = {}) => {
    const tenancy = tenancyOn(db, { connections: 1, ...options });
    const bound = (t: Tenant) => tenancy.for({ organizationId: t.id, userId: t.owner, role: 'OWNER' });
    return [bound(ours), bound(theirs)] as const;
  };

  const ways: [string, object][] = [
    ['directly', {}],
    ['without prepared statements', { preparedStatements: 0 }],
    ['as through a pooler', { pooler: true }],
    ['as on a cluster', { cluster: true }],
  ];

  describe.each(ways)('%s', (_, options) => {
    it('no context, after a call, a batch, a transaction, raw SQL, an error', async () => {
      const pool = new pg.Pool({ connectionString: db.urls.app, max: 1 });
      db.beforeClose(() => pool.end());
      const [mine] = pair({ ...options, url: pool });
      const left = async () =>
        (await pool.query("SELECT current_setting('app.context', true) AS token")).rows[0].token || null;
      const calls = [
        () => mine.lead.count(),
        () => mine.$transaction([mine.lead.count(), mine.lead.count()]),
        () => mine.$transaction((tx) => tx.lead.count()),
        () => mine.$queryRaw`SELECT 1`,
        () => mine.lead.create({ data: { name: '' } }).catch(() => {}),
        () => mine.$bulkInsert('Task', [{}]).catch(() => {}),
      ];
      for (const call of calls) {
        await call();
        expect(await left()).toBeNull();
      }
    });

    it.each([
      ['a setting', `SET statement_timeout = '1ms'`],
      [
        'a context of one’s own for the session',
        `SELECT set_config('app.context', current_setting('app.context'), false)`,
      ],
      ['read-only mode', `SET default_transaction_read_only = on`],
      ['a search path', `SET search_path = pg_catalog`],
      ['row_security', `SET row_security = off`],
    ])('not %s', async (_name, sql) => {
      const [mine, other] = pair(options);
      await mine.$executeRawUnsafe(sql);
      const [row] = await other.$queryRawUnsafe<Record<string, string>[]>(
        `SELECT current_setting('statement_timeout') AS timeout, current_setting('default_transaction_read_only') AS ro,
                current_setting('search_path') AS path, current_setting('row_security') AS rs,
                app.current_organization_id()::text AS tenant`,
      );
      expect(row).toMatchObject({ ro: 'off', path: '"$user", public', rs: 'on', tenant: theirs.id });
      expect(row!.timeout).not.toBe('1ms');
      await other.lead.create({ data: { name: 'Works' } });
    });

    it('not an open transaction', async () => {
      const [mine, other] = pair(options);
      await mine.$executeRawUnsafe('BEGIN');
      const [row] = await other.$queryRaw<
        { tenant: string }[]
      >`SELECT app.current_organization_id()::text AS tenant`;
      expect(row!.tenant).toBe(theirs.id);
    });
  });

  it('not a prepared statement in place of the one that binds', async () => {
    const [mine, other] = pair();
    await mine.lead.create({ data: { name: 'Bait' } });
    await mine.lead.count();
    await mine
      .$transaction(async (tx) => {
        await tx.$executeRawUnsafe('DEALLOCATE lotline_context').catch(() => {});
      })
      .catch(() => {});
    await mine.$executeRawUnsafe(`PREPARE lotline_context(text) AS SELECT $1`).catch(() => {});
    expect(await other.lead.count({ where: { name: 'Bait' } })).toBe(0);
    expect(await other.lead.findMany({ where: { organizationId: ours.id } })).toEqual([]);
  });

  it('recovers when the server ends a connection, between calls and within one', async () => {
    const [mine] = pair();
    const pid = async () => (await mine.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`)[0]!.pid;
    await db.superuser.query('SELECT pg_terminate_backend($1)', [await pid()]);
    expect(await mine.lead.count()).toBeGreaterThanOrEqual(0);
    // A Prisma promise begins when somebody waits for it.
    const sleeping = expect(mine.$queryRaw`SELECT pg_sleep(30)`).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
    const [{ target }] = await waitFor(() =>
      db.superuser.query(
        "SELECT pid AS target FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(30)%'",
      ),
    );
    await db.superuser.query('SELECT pg_terminate_backend($1)', [target]);
    await sleeping;
    expect(await mine.lead.count()).toBeGreaterThanOrEqual(0);
  });

  it('uses a changed table at once, although its statements were prepared', async () => {
    const [mine] = pair();
    const read = () => mine.$transaction((tx) => tx.task.findMany());
    for (let i = 0; i < 3; i += 1) await read();
    await db.superuser.query('ALTER TABLE tasks ALTER COLUMN title TYPE varchar(9999)');
    await read().catch(() => {});
    expect(await mine.task.findMany()).toEqual([]);
  });

  async function waitFor<T>(ask: () => Promise<{ rows: T[] }>): Promise<[T]> {
    for (;;) {
      const { rows } = await ask();
      if (rows.length > 0) return [rows[0]!];
    }
  }
});
