import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { seedDemo, seedPlatform } from '../../src/modules/provisioning/index.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { testServers } from '../support/server.ts';
import { person } from '../support/tenants.ts';

const one = async (db: TestDatabase, sql: string) => (await db.platform.query(sql)).rows[0];

describe.each(testServers())('the seeds on PostgreSQL $version', (server) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await freshDatabase({ server });
    await seedPlatform(db.platform);
    await seedDemo(db.platform, { today: '2026-06-15' });
  });

  it('publish 54 tools that can be bought but for two announced ones, and five bundles with 83 items', async () => {
    expect(
      await one(
        db,
        `SELECT count(*)::int AS tools, count(*) FILTER (WHERE status = 'ACTIVE')::int AS on_sale,
      count(*) FILTER (WHERE status = 'COMING_SOON')::int AS coming, count(published_at)::int AS published,
      min(jsonb_array_length(features)) AS features FROM marketplace_tools`,
      ),
    ).toEqual({ tools: 54, on_sale: 52, coming: 2, published: 54, features: 3 });
    expect(
      await one(
        db,
        "SELECT (SELECT count(*)::int FROM marketplace_bundles WHERE status = 'ACTIVE') AS bundles, (SELECT count(*)::int FROM marketplace_bundle_items) AS items",
      ),
    ).toEqual({ bundles: 5, items: 83 });
  });

  it('price each bundle at the sum of its tools less the discount, in one price model but for FREE tools', async () => {
    const { rows } = await db.platform.query(`
      SELECT b.name FROM marketplace_bundles b
      JOIN marketplace_bundle_items i ON i.bundle_id = b.id JOIN marketplace_tools t ON t.id = i.tool_id
      GROUP BY b.id HAVING b.price_amount <> round(sum(t.price_amount) * (100 - b.discount_percent) / 100, 2)
        OR bool_or(t.price_model NOT IN (b.price_model, 'FREE') OR t.currency <> b.currency)`);
    expect(rows).toEqual([]);
  });

  it('leave no table empty', async () => {
    const { rows } = await db.platform.query(
      "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '_prisma_migrations' ORDER BY 1",
    );
    const empty: string[] = [];
    for (const { relname } of rows) {
      if ((await db.platform.query(`SELECT FROM public.${relname} LIMIT 1`)).rowCount === 0)
        empty.push(relname);
    }
    expect(rows).toHaveLength(64);
    expect(empty).toEqual([]);
  });

  it('give both brokerages members of every role, and the categories of every organization', async () => {
    const { rows } =
      await db.platform.query(`SELECT o.slug, array_agg(DISTINCT m.role::text ORDER BY m.role::text) AS roles,
      (SELECT count(*)::int FROM expense_categories c WHERE c.organization_id = o.id) AS categories
      FROM organizations o JOIN organization_members m ON m.organization_id = o.id WHERE NOT o.is_platform GROUP BY o.id`);
    expect(rows).toHaveLength(2);
    for (const row of rows)
      expect(row).toMatchObject({ roles: ['ADMIN', 'MEMBER', 'OWNER', 'VIEWER'], categories: 13 });
  });

  it('change nothing the second time, also on another day, and say so', async () => {
    expect(await seedPlatform(db.platform)).toMatchObject({ changed: false, inserted: 0 });
    expect(await seedDemo(db.platform, { today: '2026-07-31' })).toMatchObject({
      changed: false,
      inserted: 0,
    });
  });

  it('keep what was changed since: a price, a plan, a tool that is no longer sold', async () => {
    await db.platform.query(
      "UPDATE marketplace_tools SET price_amount = 11, status = 'DISABLED' WHERE name = 'Booking Agent'",
    );
    await db.platform.query("UPDATE subscriptions SET tier = 'FREE'");
    expect((await seedPlatform(db.platform)).inserted).toBe(0);
    expect((await seedDemo(db.platform)).inserted).toBe(0);
    expect(
      await one(
        db,
        "SELECT price_amount::float AS price, status FROM marketplace_tools WHERE name = 'Booking Agent'",
      ),
    ).toEqual({ price: 11, status: 'DISABLED' });
  });

  it('say which role they need', async () => {
    const app = new pg.Client(db.urls.app);
    await app.connect();
    try {
      await expect(seedPlatform(app)).rejects.toMatchObject({ code: 'SEED_ROLE' });
    } finally {
      await app.end();
    }
  });
});

describe('seeds that meet others', () => {
  it('wait for each other when two run at once, and count every row once', async () => {
    const db = await freshDatabase();
    const second = new pg.Client(db.urls.platform);
    await second.connect();
    try {
      const [a, b] = await Promise.all([seedPlatform(db.platform), seedPlatform(second)]);
      expect([a.changed, b.changed].sort()).toEqual([false, true]);
    } finally {
      await second.end();
    }
  });

  it('seed the demo alone too, with the platform that it needs', async () => {
    const db = await freshDatabase();
    expect((await seedDemo(db.platform)).changed).toBe(true);
    expect(await one(db, 'SELECT count(*)::int AS n FROM marketplace_tools')).toEqual({ n: 54 });
  });

  it('refuse a demo address that belongs to somebody else, and leave nothing behind', async () => {
    const db = await freshDatabase();
    const owner = await person(db);
    await db.platform.query("SELECT app.create_organization('Real', 'quillmarsh-realty', $1)", [owner]);
    await expect(seedDemo(db.platform)).rejects.toMatchObject({ code: 'SEED_CONFLICT' });
    expect(await one(db, 'SELECT count(*)::int AS n FROM users')).toEqual({ n: 1 });
  });
});
