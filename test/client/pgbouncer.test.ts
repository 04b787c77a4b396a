import { beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { hasPgBouncer, startPgBouncer } from '../support/pgbouncer.ts';
import { tenancyOn } from '../support/tenancy.ts';
import { type Tenant, tenant } from '../support/tenants.ts';

describe.skipIf(!hasPgBouncer)('through PgBouncer in transaction mode', () => {
  let db: TestDatabase;
  let tenancy: ReturnType<typeof tenancyOn>;
  let tenants: Tenant[];
  const bound = (t: Tenant) => tenancy.for({ organizationId: t.id, userId: t.owner, role: 'OWNER' });

  beforeAll(async () => {
    db = await freshDatabase();
    const bouncer = await startPgBouncer(db.urls.app);
    tenancy = tenancyOn(db, { url: bouncer.url, pooler: true, connections: 8 });
    db.beforeClose(() => bouncer.stop());
    tenants = await Promise.all(Array.from({ length: 6 }, () => tenant(db)));
    for (const t of tenants) await bound(t).lead.create({ data: { name: t.id } });
  });

  it('serves many tenants on two server connections, each with its own rows', async () => {
    const calls = Array.from({ length: 300 }, async (_, i) => {
      const t = tenants[i % tenants.length]!;
      const client = bound(t);
      const ways = [
        () => client.lead.findMany(),
        () => client.$queryRaw<{ name: string }[]>`SELECT name FROM leads`,
        () => client.$transaction(async (tx) => tx.lead.findMany()),
        async () => (await client.$transaction([client.lead.findMany(), client.lead.count()]))[0],
      ];
      const rows = await ways[i % ways.length]!();
      expect(rows.map((r) => r.name)).toEqual([t.id]);
    });
    await Promise.all(calls);
  });

  it('leaves no setting of a tenant to the next', async () => {
    const [mine, other] = [bound(tenants[0]!), bound(tenants[1]!)];
    for (let i = 0; i < 4; i += 1)
      await mine.$executeRaw`SELECT set_config('statement_timeout', '1ms', false)`;
    await mine.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT set_config('default_transaction_read_only', 'on', false)`;
    });
    const rows = await Promise.all(
      Array.from(
        { length: 8 },
        () =>
          other.$queryRaw<{ t: string; r: string }[]>`
          SELECT current_setting('statement_timeout') AS t, current_setting('default_transaction_read_only') AS r`,
      ),
    );
    for (const [row] of rows) expect(row).toEqual({ t: '0', r: 'off' });
  });

  it('leaves none where a statement of the caller ended the transaction', async () => {
    const [mine, other] = [bound(tenants[0]!), bound(tenants[1]!)];
    for (const end of ['END', '-- now\n/* here */ commit', 'COMMIT'])
      await expect(
        mine.$transaction(async (tx) => {
          await tx.$executeRaw`SELECT set_config('statement_timeout', '77ms', false)`;
          await tx.$executeRawUnsafe(end);
        }),
      ).rejects.toThrow('ended the transaction from within');
    const settings = await Promise.all(
      Array.from(
        { length: 8 },
        () => other.$queryRaw`SELECT current_setting('statement_timeout') AS timeout`,
      ),
    );
    expect(settings).toEqual(Array(8).fill([{ timeout: '0' }]));
  });

  it('writes in bulk', async () => {
    const client = bound(tenants[2]!);
    await client.$bulkInsert(
      'Contact',
      Array.from({ length: 50 }, (_, i) => ({ name: `Contact ${i}` })),
      { chunk: 20 },
    );
    expect(await client.contact.count()).toBe(50);
  });
});
