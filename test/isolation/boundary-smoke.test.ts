import { beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { testServers } from '../support/server.ts';

describe.each(testServers())('the boundary on PostgreSQL $version', (server) => {
  let db: TestDatabase;
  const person = '0190a000-0000-7000-8000-000000000001';
  let ours: string;
  let theirs: string;

  beforeAll(async () => {
    db = await freshDatabase({ server });
    await db.platform.query("INSERT INTO users (id, email) VALUES ($1, 'owner@example.com')", [person]);
    const create = 'SELECT app.create_organization($1, $2, $3) AS id';
    ours = (await db.platform.query(create, ['Ours', 'ours', person])).rows[0].id;
    theirs = (await db.platform.query(create, ['Theirs', 'theirs', person])).rows[0].id;
    await db.platform.query("INSERT INTO leads (organization_id, name) VALUES ($1, 'A'), ($2, 'B')", [
      ours,
      theirs,
    ]);
  });

  it('shows a tenant its own rows and nothing else', async () => {
    const { rows } = await db.app({ organization: ours }, (c) => c.query('SELECT name FROM leads'));
    expect(rows).toEqual([{ name: 'A' }]);
  });

  it('shows nothing without a context, also to the owner of the tables', async () => {
    expect((await db.owner.query('SELECT * FROM leads')).rows).toEqual([]);
  });

  it('refuses to write into another tenant', async () => {
    const write = db.app({ organization: ours }, (c) =>
      c.query("INSERT INTO leads (organization_id, name) VALUES ($1, 'C')", [theirs]),
    );
    await expect(write).rejects.toMatchObject({ code: '42501' });
  });

  it('refuses a context whose tenant was exchanged after signing', async () => {
    const forged = db.app({ organization: ours }, async (c) => {
      const { rows } = await c.query("SELECT current_setting('app.context') AS token");
      await c.query(`SET LOCAL app.context = '${String(rows[0].token).replace(ours, theirs)}'`);
      return c.query('SELECT name FROM leads');
    });
    await expect(forged).rejects.toMatchObject({ code: '42501' });
  });

  it('refuses another tenant later in the same transaction', async () => {
    const second = db.app({ organization: ours }, (c) =>
      c.query('SELECT app.set_context($1)', [`${theirs}....0.0`]),
    );
    await expect(second).rejects.toMatchObject({ code: '25001' });
  });
});
