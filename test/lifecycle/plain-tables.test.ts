import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  eraseTenant,
  exportTenant,
  importTenant,
  type Lifecycle,
  plainTables,
  previewErase,
} from '../../src/tenancy/lifecycle/index.ts';
import { type DemoDatabase, demoDatabase, testFolder } from '../support/demo-database.ts';
import { testServers } from '../support/server.ts';

const TYPES = `
  CREATE SCHEMA delivery;
  CREATE TYPE delivery.state AS ENUM ('new', 'sent; "really"');
  CREATE TABLE delivery.runs (
    tenant uuid NOT NULL, number bigint GENERATED ALWAYS AS IDENTITY, twice bigint GENERATED ALWAYS AS (seq * 2) STORED,
    seq bigint NOT NULL, amount numeric, rate float8, small real, at timestamptz, local timestamp, day date, span interval,
    raw bytea, doc jsonb, note json, tags text[], grid int[][], states delivery.state[], words text, code char(5), yes boolean,
    address inet, "Odd ""name" text, next_seq bigint,
    PRIMARY KEY (tenant, seq), FOREIGN KEY (tenant, next_seq) REFERENCES delivery.runs (tenant, seq));
  CREATE TABLE delivery.first (tenant uuid, id int, second int, PRIMARY KEY (tenant, id));
  CREATE TABLE delivery.second (tenant uuid, id int, first int NOT NULL, PRIMARY KEY (tenant, id),
    FOREIGN KEY (tenant, first) REFERENCES delivery.first (tenant, id) ON DELETE RESTRICT);
  ALTER TABLE delivery.first ADD FOREIGN KEY (tenant, second) REFERENCES delivery.second (tenant, id) ON DELETE RESTRICT;
  GRANT USAGE ON SCHEMA delivery TO lotline_platform;
  GRANT ALL ON ALL TABLES IN SCHEMA delivery TO lotline_platform;`;

// Values that a careless way through JSON, a time zone or a float would change.
const ROWS = `
  INSERT INTO delivery.runs (tenant, seq, amount, rate, small, at, local, day, span, raw, doc, note, tags, grid, states, words, code, yes, address, "Odd ""name", next_seq) VALUES
  ($1, 1, 'NaN', '-0', 1e-40, 'infinity', '-infinity', 'infinity', '1 mon -3 days 04:05:06.789', '\\x00ff0a', 'null', E'{"b":1,\\n "a": 1.0, "b": 2}',
   '{}', '{{1,2},{3,NULL}}', ARRAY['sent; "really"']::delivery.state[], E'line\\nbreak\\t"\\\\ \\u2028 \\U0001F3E0 NULL', 'ab', true, '10.0.0.1/8', '', 9007199254740993),
  ($1, 9007199254740993, 12345678901234567890.123456789012345678900, 0.1, 3.4028235e38, '0044-03-15 12:00:00.000001+00 BC', '2026-03-29 02:30:00.000001',
   '4713-01-01 BC', '-178000000 years', '', '{"big": 12345678901234567890.10, "s": "x"}', 'null', ARRAY['a,b', 'NULL', NULL, '', '"'], NULL, '{}', '', '', false, '::1', ' ', NULL),
  ($1, 3, 'Infinity', 'NaN', '-Infinity', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[0:1]={x,y}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1),
  ($1, 4, 1.10, '5e-324', 0, now(), now(), now(), '0', NULL, '"text"', '[]', NULL, NULL, NULL, 'null', NULL, NULL, NULL, NULL, 4)`;

describe.each(testServers())('a store of plain tables on PostgreSQL $version', (server) => {
  const folder = testFolder();
  let demo: DemoDatabase;
  let lifecycle: Lifecycle;
  const store = plainTables({
    name: 'delivery',
    schema: 'delivery',
    tables: ['second', 'first', 'runs'],
    tenantColumn: 'tenant',
  });
  const everything = async () =>
    (await demo.db.superuser.query('SELECT r::text FROM delivery.runs AS r ORDER BY tenant, seq')).rows;

  beforeAll(async () => {
    demo = await demoDatabase(server);
    lifecycle = { ...demo.lifecycle, stores: [store] };
    const { superuser } = demo.db;
    await superuser.query(TYPES);
    for (const tenant of [demo.ours, demo.theirs]) {
      await superuser.query(ROWS, [tenant]);
      await superuser.query(
        `WITH f AS (INSERT INTO delivery.first VALUES ($1, 1, 2), ($1, 2, NULL)),
         s AS (INSERT INTO delivery.second VALUES ($1, 1, 1), ($1, 2, 1)) SELECT`,
        [tenant],
      );
    }
  });

  it('gives back every value as it was, also where rows and tables refer to each other in circles', async () => {
    const before = await everything();
    expect(before).toHaveLength(8);
    await exportTenant(lifecycle, demo.ours, join(folder, 'a'), 'test');
    const { token, tables } = await previewErase(lifecycle, demo.ours);
    expect(tables).toMatchObject({ 'delivery.runs': 4, 'delivery.first': 2, 'delivery.second': 2 });
    const { after } = await eraseTenant(lifecycle, demo.ours, token, 'test');
    expect(after.remains).toEqual([]);
    expect(await everything()).toHaveLength(4);
    await importTenant(lifecycle, join(folder, 'a'), 'test');
    expect(await everything()).toEqual(before);
    await exportTenant(lifecycle, demo.ours, join(folder, 'b'), 'test');
    for (const table of ['runs', 'first', 'second']) {
      const read = (name: string) =>
        readFileSync(join(folder, name, `stores/delivery/delivery.${table}.ndjson`), 'utf8');
      expect(read('b')).toBe(read('a'));
    }
  });

  it('is refused where its tables do not show their rows to the role that works on them', async () => {
    await demo.db.superuser.query('ALTER TABLE delivery.first ENABLE ROW LEVEL SECURITY');
    await expect(previewErase(lifecycle, demo.theirs)).rejects.toMatchObject({ code: 'STORE_INVALID' });
    await demo.db.superuser.query('ALTER TABLE delivery.first DISABLE ROW LEVEL SECURITY');
    expect((await previewErase(lifecycle, demo.theirs)).tables['delivery.first']).toBe(2);
  });

  it('stops everything when a table comes to its schema that it does not answer for', async () => {
    await demo.db.superuser.query('CREATE TABLE delivery.new (tenant uuid)');
    const refused = { code: 'TENANT_UNCLASSIFIED', message: expect.stringContaining('delivery.new') };
    await expect(previewErase(lifecycle, demo.theirs)).rejects.toMatchObject(refused);
    await expect(exportTenant(lifecycle, demo.theirs, join(folder, 'c'), 'test')).rejects.toMatchObject(
      refused,
    );
    await demo.db.superuser.query('DROP TABLE delivery.new');
    await previewErase(lifecycle, demo.theirs);
  });
});
