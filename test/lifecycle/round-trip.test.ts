import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { seedPlatform } from '../../src/modules/provisioning/index.ts';
import {
  eraseTenant,
  exportTenant,
  type Imported,
  importTenant,
  previewErase,
} from '../../src/tenancy/lifecycle/index.ts';
import { freshDatabase } from '../support/database.ts';
import {
  type DemoDatabase,
  demoDatabase,
  lifecycleOf,
  ndjson,
  othersThan,
  testFolder,
} from '../support/demo-database.ts';
import { testServers } from '../support/server.ts';

describe.each(testServers())(
  'a tenant that is exported, erased and imported on PostgreSQL $version',
  (server) => {
    const folder = testFolder();
    let demo: DemoDatabase;
    let before: Record<string, string>;
    let erased: { others: Record<string, string>; accounts: number };
    let imported: Imported;

    beforeAll(async () => {
      demo = await demoDatabase(server);
      const { db, lifecycle, ours } = demo;
      before = await othersThan(db.platform, ours);
      await exportTenant(lifecycle, ours, join(folder, 'first'), 'test');
      const { token } = await previewErase(lifecycle, ours);
      await eraseTenant(lifecycle, ours, token, 'test');
      const accounts = "SELECT count(*)::int AS n FROM users WHERE email LIKE '%@oddfern.example'";
      erased = {
        others: await othersThan(db.platform, ours),
        accounts: (await db.platform.query(accounts)).rows[0].n,
      };
      imported = await importTenant(lifecycle, join(folder, 'first'), 'test');
      await exportTenant(lifecycle, ours, join(folder, 'second'), 'test');
    });

    it('has rows in every table of tenants but those of the publisher and of sign-ups', () => {
      const empty = Object.entries(ndjson(join(folder, 'first'))).filter(([, text]) => text === '');
      // What a schema beside the models keeps, the demo does not have.
      const declared = empty.map(([file]) => file).filter((file) => file.split('.').length === 2);
      expect(declared.sort()).toEqual([
        'marketplace_bundle_items.ndjson',
        'marketplace_bundles.ndjson',
        'marketplace_tools.ndjson',
        'onboarding_sessions.ndjson',
      ]);
    });

    it('is gone after the erasure, with its people, and nothing else is', () => {
      expect(erased.accounts).toBe(0);
      expect({ ...erased.others, users: '' }).toEqual({ ...before, users: '' });
    });

    it('comes back byte for byte, and the others are as they were', async () => {
      expect(imported).toMatchObject({ tenant: demo.ours, created: 7, changed: 0 });
      expect(ndjson(join(folder, 'second'))).toEqual(ndjson(join(folder, 'first')));
      expect(await othersThan(demo.db.platform, demo.ours)).toEqual(before);
    });

    it('comes into another database that has the same catalogue', async () => {
      const other = await freshDatabase({ server });
      await seedPlatform(other.platform);
      // Ids of the publisher are made by the database, so the other one gets those that the export refers to.
      await copyCatalogue(demo, other.superuser);
      await importTenant(lifecycleOf(other), join(folder, 'first'), 'test');
      await exportTenant(lifecycleOf(other), demo.ours, join(folder, 'elsewhere'), 'test');
      expect(ndjson(join(folder, 'elsewhere'))).toEqual(ndjson(join(folder, 'first')));
    });

    it('is recorded each time, with counts and the hash of the manifest', async () => {
      const { rows } = await demo.db.platform.query(
        `SELECT event, actor, (row_counts ->> 'leads')::int AS leads, manifest_sha256 IS NOT NULL AS hashed
       FROM app.tenant_events WHERE organization_id = $1 ORDER BY occurred_at LIMIT 3`,
        [demo.ours],
      );
      expect(rows).toEqual([
        { event: 'exported', actor: 'test', leads: 30, hashed: true },
        { event: 'erased', actor: 'test', leads: 30, hashed: false },
        { event: 'imported', actor: 'test', leads: 30, hashed: true },
      ]);
    });
  },
);

async function copyCatalogue({ db, publisher }: DemoDatabase, into: DemoDatabase['db']['superuser']) {
  await into.query('BEGIN; SET LOCAL session_replication_role = replica');
  for (const [table, where] of [
    ['organizations', 'id = $1'],
    ['marketplace_tools', 'organization_id = $1'],
    ['marketplace_bundles', 'organization_id = $1'],
    ['users', "$1::uuid IS NOT NULL AND email LIKE '%@lotline.example'"],
  ]) {
    const { rows } = await db.superuser.query(`SELECT to_jsonb(t) AS row FROM ${table} AS t WHERE ${where}`, [
      publisher,
    ]);
    await into.query(`DELETE FROM ${table}`);
    await into.query(
      `INSERT INTO ${table} SELECT r.* FROM jsonb_array_elements($1) AS j, jsonb_populate_record(NULL::${table}, j) AS r`,
      [JSON.stringify(rows.map((r) => r.row))],
    );
  }
  await into.query('COMMIT');
}
