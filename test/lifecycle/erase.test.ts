import { join } from 'node:path';
import pg from 'pg';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  eraseTenant,
  exportTenant,
  type Lifecycle,
  previewErase,
} from '../../src/tenancy/lifecycle/index.ts';
import { type DemoDatabase, demoDatabase, othersThan, testFolder } from '../support/demo-database.ts';

describe('the erasure of a tenant', () => {
  const folder = testFolder();
  let demo: DemoDatabase;
  let lifecycle: Lifecycle;
  let tenant: string;
  let person: string;
  let made = 0;

  beforeAll(async () => {
    demo = await demoDatabase();
    lifecycle = demo.lifecycle;
  });

  beforeEach(async () => {
    made += 1;
    const { platform } = demo.db;
    const { rows } = await platform.query('INSERT INTO users (email) VALUES ($1) RETURNING id', [
      `p${made}@example.com`,
    ]);
    person = rows[0].id;
    tenant = await organization(`tenant-${made}`);
    await platform.query("INSERT INTO leads (organization_id, name) VALUES ($1, 'A'), ($1, 'B')", [tenant]);
  });

  const organization = async (slug: string): Promise<string> =>
    (await demo.db.platform.query('SELECT app.create_organization($1, $1, $2) AS id', [slug, person])).rows[0]
      .id;
  const erase = async (options = {}) =>
    eraseTenant(lifecycle, tenant, (await previewErase(lifecycle, tenant, options)).token, 'test', options);
  const leads = async () =>
    (await demo.db.platform.query('SELECT FROM leads WHERE organization_id = $1', [tenant])).rowCount;
  const accounts = async () =>
    (await demo.db.platform.query('SELECT FROM users WHERE id = $1', [person])).rowCount;

  it('is only told about without consent, and needs that of its own dry run', async () => {
    const { token, tables } = await previewErase(lifecycle, tenant);
    expect(tables).toMatchObject({ leads: 2, organizations: 1, tasks: 0 });
    const other = await previewErase(lifecycle, demo.ours);
    const kept = await previewErase(lifecycle, tenant, { keepPeople: true });
    for (const wrong of ['', 'yes', other.token, kept.token])
      await expect(eraseTenant(lifecycle, tenant, wrong, 'test')).rejects.toMatchObject({
        code: 'ERASE_CONSENT',
      });
    expect(await leads()).toBe(2);
    await eraseTenant(lifecycle, tenant, token, 'test');
    expect(await leads()).toBe(0);
  });

  it('takes members who belong nowhere else, and leaves those who do or who are wanted', async () => {
    await organization(`second-${made}`);
    expect((await erase()).people).toBe(0);
    expect(await accounts()).toBe(1);
    tenant = (
      await demo.db.platform.query('SELECT id FROM organizations WHERE slug = $1', [`second-${made}`])
    ).rows[0].id;
    expect((await erase({ keepPeople: true })).people).toBe(0);
    expect(await accounts()).toBe(1);
    tenant = await organization(`third-${made}`);
    expect((await erase()).people).toBe(1);
    expect(await accounts()).toBe(0);
  });

  it('takes the id out of lists of the platform, which do not come to mean everybody', async () => {
    const { platform } = demo.db;
    const { rows } = await platform.query('SELECT id FROM users WHERE email LIKE $1 LIMIT 1', [
      '%@lotline.example',
    ]);
    const alert = `INSERT INTO system_alerts (title, message, category, is_global, target_orgs, created_by_id)
      SELECT 'T', 'M', pg_catalog.enum_first(null::alert_category), false, $1, $2 RETURNING id`;
    const one = (await platform.query(alert, [[tenant], rows[0].id])).rows[0].id;
    const two = (await platform.query(alert, [[demo.ours, tenant], rows[0].id])).rows[0].id;
    await erase();
    const after = await platform.query(
      'SELECT target_orgs FROM system_alerts WHERE id = ANY ($1) ORDER BY id = $2',
      [[one, two], two],
    );
    expect(after.rows.map((r) => r.target_orgs)).toEqual([
      ['00000000-0000-0000-0000-000000000000'],
      [demo.ours],
    ]);
  });

  it('leaves the rows of every other tenant as they were', async () => {
    const before = await othersThan(demo.db.platform, tenant);
    await erase({ keepPeople: true });
    expect(await othersThan(demo.db.platform, tenant)).toEqual(before);
  });

  it('stops at a table that nobody classified, unless it is exempt with a reason', async () => {
    await demo.db.superuser.query(
      'CREATE SCHEMA sidecar; CREATE TABLE sidecar.sessions (id uuid, organization_id uuid)',
    );
    try {
      await expect(erase()).rejects.toMatchObject({
        code: 'TENANT_UNCLASSIFIED',
        message: expect.stringContaining('sidecar.sessions'),
      });
      // Exempt or not: what cannot be looked into is not proved to be empty.
      const exempt = { ...lifecycle, exempt: [{ table: 'sidecar.sessions', reason: 'test' }] };
      const { token } = await previewErase(exempt, tenant);
      await expect(eraseTenant(exempt, tenant, token, 'test')).rejects.toMatchObject({
        code: 'ERASE_UNPROVED',
      });
      await demo.db.superuser.query(
        'GRANT USAGE ON SCHEMA sidecar TO lotline_platform; GRANT SELECT ON sidecar.sessions TO lotline_platform',
      );
      await demo.db.superuser.query('INSERT INTO sidecar.sessions (organization_id) VALUES ($1)', [tenant]);
      await expect(eraseTenant(exempt, tenant, token, 'test')).rejects.toMatchObject({
        code: 'ERASE_REMAINS',
        message: expect.stringContaining('sidecar.sessions.organization_id (1)'),
      });
      expect(await leads()).toBe(2);
      await demo.db.superuser.query('TRUNCATE sidecar.sessions');
      await eraseTenant(exempt, tenant, token, 'test');
    } finally {
      await demo.db.superuser.query('DROP SCHEMA sidecar CASCADE');
    }
  });

  it('stops at copies of rows that nobody answers for: a materialized view', async () => {
    await demo.db.superuser.query(
      'CREATE MATERIALIZED VIEW lead_names AS SELECT name, organization_id FROM leads',
    );
    try {
      await expect(erase()).rejects.toMatchObject({ code: 'TENANT_UNCLASSIFIED' });
    } finally {
      await demo.db.superuser.query('DROP MATERIALIZED VIEW lead_names');
    }
    await erase();
  });

  it('is refused while rows of others refer to what the tenant publishes', async () => {
    const { held, token } = await previewErase(lifecycle, demo.publisher);
    expect(held.map((h) => h.column)).toContain('marketplace_purchases.tool_id');
    const before = await othersThan(demo.db.platform, demo.publisher);
    await expect(eraseTenant(lifecycle, demo.publisher, token, 'test')).rejects.toMatchObject({
      code: 'ERASE_HELD',
    });
    expect(await othersThan(demo.db.platform, demo.publisher)).toEqual(before);
  });

  it('happens once where two ask at the same time', async () => {
    const { token } = await previewErase(lifecycle, tenant);
    const both = await Promise.allSettled([1, 2].map(() => eraseTenant(lifecycle, tenant, token, 'test')));
    expect(both.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((r) => r.status === 'rejected')).toMatchObject({ reason: { code: 'TENANT_UNKNOWN' } });
    const { rows } = await demo.db.platform.query(
      "SELECT count(*)::int AS n FROM app.tenant_events WHERE organization_id = $1 AND event = 'erased'",
      [tenant],
    );
    expect(rows[0].n).toBe(1);
  });

  it('leaves nothing of what the application writes meanwhile', async () => {
    const writers = await Promise.all([1, 2, 3].map(() => connect(demo.db.urls.platform)));
    let stopped = false;
    let written = 0;
    const write = async (client: pg.Client) => {
      for (; !stopped; )
        await client.query("INSERT INTO leads (organization_id, name) VALUES ($1, 'late')", [tenant]).then(
          () => (written += 1),
          (error: { code: string }) => {
            expect(error.code).toBe('23503');
            stopped = true;
          },
        );
    };
    const running = Promise.all(writers.map(write));
    const { tables } = await erase();
    await running;
    await Promise.all(writers.map((w) => w.end()));
    expect(tables.leads).toBe(2 + written);
    expect(await leads()).toBe(0);
  });

  it('gives up soon where a transaction holds a row, and has changed nothing', async () => {
    const holder = await connect(demo.db.urls.platform);
    await holder.query('BEGIN');
    await holder.query("UPDATE leads SET name = 'held' WHERE organization_id = $1", [tenant]);
    const { token } = await previewErase(lifecycle, tenant);
    const hasty = { ...lifecycle, lockTimeout: 200 };
    await expect(eraseTenant(hasty, tenant, token, 'test')).rejects.toMatchObject({ code: 'TENANT_BUSY' });
    await holder.query('ROLLBACK');
    await holder.end();
    expect(await leads()).toBe(2);
  });

  it('names the export in its record, after verifying that it is of this tenant', async () => {
    const exported = join(folder, `export-${made}`);
    const { manifestSha256 } = await exportTenant(lifecycle, tenant, exported, 'test');
    await expect(previewErase(lifecycle, demo.ours, { exported })).rejects.toMatchObject({
      code: 'EXPORT_INVALID',
    });
    await erase({ exported });
    const { rows } = await demo.db.platform.query(
      "SELECT manifest_sha256 AS hash FROM app.tenant_events WHERE organization_id = $1 AND event = 'erased'",
      [tenant],
    );
    expect(rows).toEqual([{ hash: manifestSha256 }]);
  });

  it('tells of logs that mention the id and keeps them', async () => {
    await demo.db.platform.query(
      `INSERT INTO admin_action_logs (action, description, target_type, target_id, admin_id)
       SELECT pg_catalog.enum_first(null::admin_action), 'looked', 'organization', $1, id FROM users WHERE email LIKE '%@lotline.example' LIMIT 1`,
      [tenant],
    );
    const { after } = await erase();
    expect(after.mentions).toEqual([{ column: 'admin_action_logs.target_id', rows: 1 }]);
  });

  async function connect(connectionString: string): Promise<pg.Client> {
    const client = new pg.Client({ connectionString });
    await client.connect();
    return client;
  }
});
