import { beforeAll, describe, expect, it } from 'vitest';
import { readGenerated, signContext } from '../../src/tenancy/index.ts';
import { type DemoDatabase, demoDatabase, othersThan } from '../support/demo-database.ts';
import { contextKey, root, testServers } from '../support/server.ts';

const { models } = readGenerated(root).boundary;
const tenantKeys = models.flatMap((m) => {
  const key = m.scope === 'tenant-root' ? 'id' : m.tenantColumn;
  return key ? [{ table: m.table, key }] : [];
});

describe.each(testServers())('the custodian on PostgreSQL $version', (server) => {
  let demo: DemoDatabase;

  beforeAll(async () => {
    demo = await demoDatabase(server);
  });

  /** As the custodian, rolled back. */
  const custodian = async <T>(
    organization: string | undefined,
    work: (query: Query) => Promise<T>,
  ): Promise<T> => {
    const { owner } = demo.db;
    await owner.query('BEGIN; SET LOCAL ROLE lotline_custodian');
    try {
      if (organization)
        await owner.query('SELECT app.set_context($1)', [signContext({ organization }, contextKey)]);
      return await work((text, values) => owner.query(text, values));
    } finally {
      await owner.query('ROLLBACK');
    }
  };
  type Query = (
    text: string,
    values?: unknown[],
  ) => Promise<{ rows: Record<string, unknown>[]; rowCount: number | null }>;

  it('sees in every table what is of its tenant, of all of its users, and nothing else', async () => {
    for (const { table, key } of tenantKeys) {
      const count = `SELECT count(*)::int AS n FROM ${table}`;
      const all = await demo.db.platform.query(`${count} WHERE ${key} = $1`, [demo.ours]);
      const seen = await custodian(demo.ours, (query) => query(count));
      expect([table, seen.rows[0]!.n]).toEqual([table, all.rows[0].n]);
    }
  });

  it('deletes nothing of another tenant, however it asks', async () => {
    const before = await othersThan(demo.db.platform, demo.ours);
    for (const { table, key } of tenantKeys) {
      const named = await custodian(demo.ours, (query) =>
        query(`DELETE FROM ${table} WHERE ${key} = $1`, [demo.theirs]),
      );
      expect([table, named.rowCount]).toEqual([table, 0]);
    }
    expect(await othersThan(demo.db.platform, demo.ours)).toEqual(before);
  });

  it('inserts nothing into another tenant and moves nothing there', async () => {
    const insert = "INSERT INTO leads (organization_id, name) VALUES ($1, 'A')";
    await custodian(demo.ours, (query) => query(insert, [demo.ours]));
    await expect(custodian(demo.ours, (query) => query(insert, [demo.theirs]))).rejects.toMatchObject({
      code: '42501',
    });
    await expect(
      custodian(demo.ours, (query) => query('UPDATE leads SET organization_id = $1', [demo.theirs])),
    ).rejects.toMatchObject({ code: '42501' });
  });

  it('sees nothing without a context', async () => {
    for (const { table } of tenantKeys) {
      const { rowCount } = await custodian(undefined, (query) => query(`SELECT FROM ${table}`));
      expect([table, rowCount]).toEqual([table, 0]);
    }
  });

  it('has nothing to do with people, the platform and the record', async () => {
    const others = models.filter((m) => ['identity', 'platform'].includes(m.scope)).map((m) => m.table);
    for (const table of [...others, 'app.tenant_events', 'app.context_keys'])
      await expect(custodian(demo.ours, (query) => query(`SELECT FROM ${table}`))).rejects.toMatchObject({
        code: '42501',
      });
  });

  it('is nobody whom the application or the platform may become, and nobody logs in as it', async () => {
    await expect(
      demo.db.app({ organization: demo.ours }, (c) => c.query('SET LOCAL ROLE lotline_custodian')),
    ).rejects.toMatchObject({ code: '42501' });
    await expect(demo.db.platform.query('SET ROLE lotline_custodian')).rejects.toMatchObject({
      code: '42501',
    });
    const { rows } = await demo.db.owner.query(
      "SELECT rolcanlogin OR rolsuper OR rolbypassrls AS strong FROM pg_roles WHERE rolname = 'lotline_custodian'",
    );
    expect(rows).toEqual([{ strong: false }]);
  });

  it('leaves a record that nobody changes', async () => {
    await demo.db.platform.query(
      "INSERT INTO app.tenant_events (organization_id, event, actor) VALUES ($1, 'exported', 'test')",
      [demo.ours],
    );
    for (const change of [
      "UPDATE app.tenant_events SET actor = 'x'",
      'DELETE FROM app.tenant_events',
      'TRUNCATE app.tenant_events',
    ])
      await expect(demo.db.platform.query(change)).rejects.toMatchObject({ code: '42501' });
    await expect(
      demo.db.app({ organization: demo.ours }, (c) => c.query('SELECT FROM app.tenant_events')),
    ).rejects.toMatchObject({ code: '42501' });
    expect((await demo.db.owner.query('DELETE FROM app.tenant_events')).rowCount).toBe(0);
  });
});
