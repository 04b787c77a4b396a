import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { describe, expect, it } from 'vitest';
import { probe } from '../../benchmarks/adopt/probe.ts';
import { columnValue, seed, seedTables } from '../../benchmarks/adopt/rows.ts';
import { connectTo } from '../../src/database/client.ts';
import { installContextKey } from '../../src/migrations/index.ts';
import { prismaDiff } from '../../src/migrations/prisma-diff.ts';
import { type Adoption, type AdoptOptions, adopt, foreignSchema } from '../../src/tenancy/adopt/index.ts';
import { CLINICS, CLUBS } from '../../src/tenancy/adopt/testing/schemas.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { contextKey, PASSWORD, type TestServer, testServers, urlOf } from '../support/server.ts';

/** A schema built, filled with a row of two tenants in every table, and adopted afterwards. */
async function adopted(text: string, options: AdoptOptions, server: TestServer) {
  const schema = foreignSchema([['schema.prisma', text]]);
  const adoption = await adopt(schema, options);
  const database = await freshDatabase({ empty: true, server });
  const { superuser } = database;
  await superuser.query(await prismaDiff('empty', schema.reading));
  await seed(superuser, await seedTables(superuser, adoption));
  const storage = await fileNodes(superuser);
  for (const step of adoption.steps) await superuser.query(step.sql);
  await installContextKey(superuser, contextKey);
  const tables = await seedTables(superuser, adoption);
  return { adoption, database, tables, storage };
}

/** Where the rows of each table are kept: a rewrite puts them elsewhere. */
async function fileNodes(client: pg.Client): Promise<Record<string, number>> {
  const { rows } = await client.query<{ name: string; node: number }>(
    `SELECT oid::regclass::text AS name, relfilenode AS node FROM pg_class
     WHERE relkind = 'r' AND relnamespace::regnamespace::text IN ('public', 'care')`,
  );
  return Object.fromEntries(rows.map((r) => [r.name, r.node]));
}

async function probed({ adoption, database, tables }: Awaited<ReturnType<typeof adopted>>) {
  const app = await connectTo(database.urls.app);
  try {
    return await probe(app, adoption, tables, contextKey, { admin: database.superuser });
  } finally {
    await app.end();
  }
}

const idOf = (tables: Awaited<ReturnType<typeof seedTables>>, model: string, owner: 'a' | 'b') =>
  columnValue(tables, model, 'id', owner)!;

function contextOf(adoption: Adoption, tables: Awaited<ReturnType<typeof seedTables>>) {
  return {
    organization: idOf(tables, adoption.choice.tenant.model, 'a'),
    user: idOf(tables, 'User', 'a'),
  };
}

describe.each(testServers())('an adopted schema on PostgreSQL $version', (server) => {
  it.each([
    ['text keys', CLUBS, {}],
    ['text keys, triggers alone', CLUBS, { keys: 'guards' }],
    ['text keys, with tenant columns added', CLUBS, { denormalise: true }],
    ['numbered keys in two schemas', CLINICS, {}],
    ['numbered keys, with tenant columns added', CLINICS, { denormalise: true }],
  ] satisfies [string, string, AdoptOptions][])('keeps tenants apart: %s', async (_, text, options) => {
    const built = await adopted(text, options, server);
    const { probes, leaks, hidden, unclear } = await probed(built);
    expect(probes).toBeGreaterThan(40);
    expect({ leaks, hidden, unclear }).toEqual({ leaks: [], hidden: [], unclear: [] });
    expect(await fileNodes(built.database.superuser)).toEqual(built.storage);
    await built.database.close();
  });

  it('lets nobody point at another tenant, not even the platform role', async () => {
    const { database, tables } = await adopted(CLUBS, {}, server);
    const [own, other] = [idOf(tables, 'Outing', 'a'), idOf(tables, 'Boat', 'b')];
    const move = (client: pg.Client) =>
      client.query('UPDATE "Outing" SET "boatId" = $2 WHERE id = $1', [own, other]);
    await expect(move(database.platform)).rejects.toMatchObject({
      code: '23503',
      constraint: 'Outing_boatId_tenant_fkey',
    });
    await database.superuser.query('ALTER TABLE "Outing" DROP CONSTRAINT "Outing_boatId_tenant_fkey"');
    expect((await move(database.platform)).rowCount).toBe(1);
    await database.close();
  });

  it('guards pairs by a trigger that tells hidden rows and missing ones alike', async () => {
    const { adoption, database, tables } = await adopted(CLUBS, {}, server);
    const context = contextOf(adoption, tables);
    const pair = (label: string) => (client: pg.Client) =>
      client.query('INSERT INTO "_BoatToLabel" ("A", "B") VALUES ($1, $2)', [
        idOf(tables, 'Boat', 'a'),
        label,
      ]);
    const failure = (label: string) =>
      database.app(context, pair(label)).then(
        () => 'none',
        (error: pg.DatabaseError) => `${error.code} ${error.message}`,
      );
    expect(await failure(idOf(tables, 'Label', 'b'))).toBe(await failure('absent'));
    await expect(pair(idOf(tables, 'Label', 'b'))(database.platform)).rejects.toMatchObject({
      code: '23503',
    });
    await database.close();
  });

  it('shows colleagues, and nobody else, to a member', async () => {
    const { adoption, database, tables } = await adopted(CLUBS, {}, server);
    const context = contextOf(adoption, tables);
    const colleague = 'colleague';
    await database.superuser.query(`INSERT INTO "User" (id, email) VALUES ($1, 'c@example.org')`, [
      colleague,
    ]);
    await database.superuser.query('INSERT INTO "Member" ("clubId", "userId") VALUES ($1, $2)', [
      context.organization,
      colleague,
    ]);
    const { rows } = await database.app(context, (c) => c.query('SELECT id FROM "User" ORDER BY id'));
    expect(rows.map((r) => r.id).sort()).toEqual([context.user, colleague].sort());
    await database.close();
  });

  it('fills an added tenant column from the context and from the parent', async () => {
    const { adoption, database, tables } = await adopted(CLUBS, { denormalise: true }, server);
    const context = contextOf(adoption, tables);
    const insert = (id: string) => (client: pg.Client) =>
      client.query('INSERT INTO "Repair" (id, "boatId") VALUES ($1, $2) RETURNING "clubId"', [
        id,
        idOf(tables, 'Boat', 'a'),
      ]);
    expect((await database.app(context, insert('by-app'))).rows).toEqual([{ clubId: context.organization }]);
    expect((await insert('by-platform')(database.platform)).rows).toEqual([{ clubId: context.organization }]);
    await database.close();
  });

  it('leaves Prisma nothing to say but the keys, and nothing at all with triggers', async () => {
    const drift = async ({ database, adoption }: { database: TestDatabase; adoption: Adoption }) =>
      (await prismaDiff({ url: database.urls.superuser }, foreignSchema(adoption.annotated).reading))
        .split('\n')
        .filter((line) => /^(ALTER|CREATE|DROP)/.test(line));
    const guards = await adopted(CLUBS, { keys: 'guards', denormalise: true }, server);
    expect(await drift(guards)).toEqual([]);
    const composite = await adopted(CLUBS, {}, server);
    const lines = await drift(composite);
    expect(lines).toHaveLength(4);
    expect(lines.every((line) => line.includes('_tenant_'))).toBe(true);
    await Promise.all([guards.database.close(), composite.database.close()]);
  });

  it('is applied by an owner who is no superuser, and leaves that owner its rows', async () => {
    const { superuser, name, close } = await freshDatabase({ empty: true, server });
    const word = `t${randomBytes(4).toString('hex')}`;
    await superuser.query(`CREATE ROLE ${word} LOGIN CREATEROLE PASSWORD '${PASSWORD}'`);
    await superuser.query(`ALTER DATABASE ${name} OWNER TO ${word}; ALTER SCHEMA public OWNER TO ${word}`);
    const owner = await connectTo(urlOf(server.superuserUrl, name, word));
    try {
      const schema = foreignSchema([['schema.prisma', CLUBS]]);
      const adoption = await adopt(schema, { prefix: word, denormalise: true });
      await owner.query(await prismaDiff('empty', schema.reading));
      await seed(superuser, await seedTables(superuser, adoption));
      for (const step of adoption.steps) await owner.query(step.sql);
      expect((await owner.query('SELECT FROM "Boat"')).rowCount).toBe(2);
      await superuser.query(`SET ROLE ${word}_app`);
      expect((await superuser.query('SELECT FROM "Boat"')).rowCount).toBe(0);
    } finally {
      await owner.end();
      await close();
    }
  });

  it('finds rows that cross already, and refuses to validate them', async () => {
    const schema = foreignSchema([['schema.prisma', CLUBS]]);
    const adoption = await adopt(schema);
    const { superuser, close } = await freshDatabase({ empty: true, server });
    await superuser.query(await prismaDiff('empty', schema.reading));
    const tables = await seedTables(superuser, adoption);
    await seed(superuser, tables);
    await superuser.query('UPDATE "Outing" SET "boatId" = $2 WHERE id = $1', [
      idOf(tables, 'Outing', 'a'),
      idOf(tables, 'Boat', 'b'),
    ]);
    const counted = (await superuser.query(adoption.crossingRows)) as unknown as pg.QueryResult[];
    expect(counted.flatMap((r) => r.rows).filter((r) => r.crossing !== '0')).toEqual([
      { reference: 'Outing.boatId', crossing: '1' },
    ]);
    const [context, boundary, keys, validated] = adoption.steps;
    for (const step of [context, boundary, keys]) await superuser.query(step!.sql);
    await expect(superuser.query(validated!.sql)).rejects.toMatchObject({ code: '23503' });
    await close();
  });
});
