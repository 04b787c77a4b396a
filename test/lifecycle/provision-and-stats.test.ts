import { beforeAll, describe, expect, it } from 'vitest';
import { provisionOrganization } from '../../src/modules/organizations/index.ts';
import { allTenantStats, tenantStats } from '../../src/tenancy/lifecycle/index.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { lifecycleOf } from '../support/demo-database.ts';

describe('an organization that is provisioned', () => {
  let db: TestDatabase;
  const input = {
    name: 'Fernhill',
    slug: 'fernhill',
    ownerEmail: 'ada@fernhill.example',
    ownerName: 'Ada',
    actor: 'test',
  };

  beforeAll(async () => {
    db = await freshDatabase();
    await provisionOrganization(db.platform, input);
  });

  const rowsOf = async (slug: string) =>
    (
      await db.platform.query(
        `SELECT (SELECT count(*)::int FROM organization_members m WHERE m.organization_id = o.id AND m.role = 'OWNER') AS owners,
          (SELECT count(*)::int FROM subscriptions s WHERE s.organization_id = o.id AND s.status = 'TRIAL') AS trials,
          (SELECT count(*)::int FROM expense_categories c WHERE c.organization_id = o.id) AS categories,
          (SELECT count(*)::int FROM app.tenant_events e WHERE e.organization_id = o.id AND e.event = 'provisioned') AS events
         FROM organizations o WHERE slug = $1`,
        [slug],
      )
    ).rows;

  it('has what every new one has: an owner, a trial, categories, a record', async () => {
    expect(await rowsOf('fernhill')).toEqual([{ owners: 1, trials: 1, categories: 13, events: 1 }]);
  });

  it('is the same where it is asked for again, also twice at once', async () => {
    const { rows } = await db.platform.query("SELECT id FROM organizations WHERE slug = 'fernhill'");
    const again = await provisionOrganization(db.platform, input);
    expect(again).toMatchObject({ organizationId: rows[0].id, created: false, ownerCreated: false });
    const twin = { ...input, slug: 'twin', name: 'Twin' };
    const [one, two] = await Promise.all([
      provisionOrganization(db.platform, twin),
      provisionOrganization(db.superuser, twin),
    ]);
    expect(one.organizationId).toBe(two.organizationId);
    expect([one.created, two.created].sort()).toEqual([false, true]);
    expect(await rowsOf('twin')).toEqual([{ owners: 1, trials: 1, categories: 13, events: 1 }]);
  });

  it('does not give an address away that another owner has', async () => {
    const other = provisionOrganization(db.platform, { ...input, ownerEmail: 'eve@example.com' });
    await expect(other).rejects.toMatchObject({ code: 'PROVISION_TAKEN' });
    const { rowCount } = await db.platform.query("SELECT FROM users WHERE email = 'eve@example.com'");
    expect(rowCount).toBe(0);
  });

  it('needs an address, an e-mail and an account of the right shape', async () => {
    for (const wrong of [
      { slug: 'No Slug' },
      { slug: 'x' },
      { slug: 'other', ownerEmail: 'nobody' },
      { slug: 'other', name: '' },
    ])
      await expect(provisionOrganization(db.platform, { ...input, ...wrong })).rejects.toMatchObject({
        code: 'PROVISION_INVALID',
      });
    await db.platform.query("INSERT INTO users (email, is_active) VALUES ('closed@example.com', false)");
    const closed = provisionOrganization(db.platform, {
      ...input,
      slug: 'other',
      ownerEmail: 'closed@example.com',
    });
    await expect(closed).rejects.toMatchObject({ code: 'PROVISION_OWNER' });
  });

  it('is measured: its rows, bytes, members and times, alone as among all', async () => {
    const { organizationId } = await provisionOrganization(db.platform, { ...input, slug: 'measured' });
    await db.platform.query(
      `INSERT INTO leads (organization_id, name, notes, created_at) VALUES
        ($1, 'A', repeat('x', 1000), '2020-01-02 03:04:05.9+02'), ($1, 'B', NULL, '2030-01-01 00:00:00+00')`,
      [organizationId],
    );
    const stats = await tenantStats(lifecycleOf(db), organizationId);
    expect(stats).toMatchObject({
      members: 1,
      rows: 18,
      oldest: '2020-01-02T01:04:05Z',
      newest: '2030-01-01T00:00:00Z',
    });
    const leads = stats.tables.find((t) => t.table === 'leads')!;
    expect(leads).toMatchObject({ rows: 2, oldest: '2020-01-02T01:04:05Z' });
    expect(leads.bytes).toBeGreaterThan(1000);
    expect(leads.bytes).toBeLessThan(2000);
    const all = await allTenantStats(lifecycleOf(db));
    const among = all.find((s) => s.tenant === organizationId)!;
    const rowsByTable = (of: typeof stats) => Object.fromEntries(of.tables.map((t) => [t.table, t.rows]));
    // Bytes are of rows on their way through the query, which differs a little between the two.
    expect(among).toMatchObject({ members: 1, rows: 18, oldest: stats.oldest, newest: stats.newest });
    expect(rowsByTable(among)).toEqual(rowsByTable(stats));
    expect(Math.abs(among.bytes - stats.bytes)).toBeLessThan(100);
    expect(all.length).toBeGreaterThan(1);
    const nobody = '0190a000-0000-7000-8000-000000000001';
    await expect(tenantStats(lifecycleOf(db), nobody)).rejects.toMatchObject({ code: 'TENANT_UNKNOWN' });
    await expect(tenantStats(lifecycleOf(db), "' OR true")).rejects.toMatchObject({ code: 'TENANT_ID' });
  });
});
