import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { PrismaClient } from '../../src/generated/prisma/client.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { testServers } from '../support/server.ts';
import { tenancyOn } from '../support/tenancy.ts';
import { type Tenant, tenant } from '../support/tenants.ts';

describe.each(testServers())('the tenant client on PostgreSQL $version', (server) => {
  let db: TestDatabase;
  let tenancy: ReturnType<typeof tenancyOn>;
  let ours: Tenant;
  let theirs: Tenant;
  const bound = (t: Tenant) => tenancy.for({ organizationId: t.id, userId: t.owner, role: 'OWNER' });

  beforeAll(async () => {
    db = await freshDatabase({ server });
    tenancy = tenancyOn(db);
    ours = await tenant(db);
    theirs = await tenant(db);
    await bound(theirs).contact.create({ data: { name: 'Theirs' } });
    await bound(ours).contact.create({ data: { name: 'Ours' } });
  });

  const names = async (t: Tenant) => (await bound(t).contact.findMany()).map((c) => c.name);

  it('shows each tenant its own rows', async () => {
    expect(await names(ours)).toEqual(['Ours']);
    expect(await names(theirs)).toEqual(['Theirs']);
  });

  it('shows its own rows to raw SQL', async () => {
    const rows = await bound(ours).$queryRaw`SELECT name FROM contacts`;
    expect(rows).toEqual([{ name: 'Ours' }]);
  });

  it('answers calls of many tenants at once, each with its own', async () => {
    const all = await Promise.all(Array.from({ length: 200 }, (_, i) => names(i % 2 ? ours : theirs)));
    all.forEach((found, i) => {
      expect(found).toEqual([i % 2 ? 'Ours' : 'Theirs']);
    });
  });

  it('finds its tenant beside comments of others', async () => {
    const comments = [() => ({ action: "a, /*lotline='1'*/", zone: "x',lotline='1" })];
    const seen: string[] = [];
    const pool = new pg.Pool({ connectionString: db.urls.app, max: 1 });
    db.beforeClose(() => pool.end());
    pool.on('connect', (connection) => {
      const query = connection.query.bind(connection) as (q: object) => unknown;
      const listening = (q: { text?: string }) => {
        seen.push(q.text ?? '');
        return query(q);
      };
      Object.assign(connection, { query: listening });
    });
    const commented = tenancyOn(db, {
      url: pool,
      client: (options) => new PrismaClient({ ...options, comments: [...options.comments, ...comments] }),
    });
    const client = commented.for({ organizationId: theirs.id });
    expect((await client.contact.findMany()).map((c) => c.name)).toEqual(['Theirs']);
    expect(await client.$queryRaw`SELECT 1 AS one`).toEqual([{ one: 1 }]);
    expect(seen.filter((text) => /action='a%2C.*zone=/.test(text)).length).toBe(2);
    expect(seen.filter((text) => text.includes(",lotline='"))).toEqual([]);
  });

  it('runs no SQL of the base client, whatever mark it claims', async () => {
    let base: PrismaClient | undefined;
    const marked = tenancyOn(db, {
      client: (options) => {
        base = new PrismaClient(options);
        return base;
      },
    });
    const flying = marked.for({ organizationId: theirs.id }).$queryRaw`SELECT pg_sleep(0.3)::text`.then();
    for (const id of ['1', '2', '3'])
      await expect(base!.$queryRawUnsafe(`SELECT name FROM contacts /*lotline='${id}'*/`)).rejects.toThrow(
        'A statement came without a tenant.',
      );
    await flying;
  });

  it('keeps a lazy promise with its tenant, wherever it is awaited', async () => {
    const late = bound(ours).contact.findMany();
    await names(theirs);
    expect((await late).map((c) => c.name)).toEqual(['Ours']);
  });

  it('rolls a batch back as a whole', async () => {
    const client = bound(ours);
    const batch = client.$transaction([
      client.lead.create({ data: { name: 'One' } }),
      client.lead.create({ data: { name: 'Two', organizationId: theirs.id } }),
    ]);
    await expect(batch).rejects.toMatchObject({ code: 'FORBIDDEN', status: 403 });
    expect(await client.lead.count()).toBe(0);
  });

  it('rolls an interactive transaction back as a whole', async () => {
    const client = bound(ours);
    const work = client.$transaction(async (tx) => {
      await tx.lead.create({ data: { name: 'One' } });
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await client.lead.count()).toBe(0);
  });

  it('commits an interactive transaction with raw SQL, nested writes and relation loads', async () => {
    const client = bound(ours);
    const found = await client.$transaction(async (tx) => {
      await tx.$executeRaw`INSERT INTO leads (name) VALUES ('Raw')`;
      await tx.contact.create({
        data: { name: 'With deal', deals: { create: { title: 'Deal', value: 1 } } },
      });
      return tx.contact.findMany({ where: { name: 'With deal' }, include: { deals: true } });
    });
    expect(found[0]?.deals).toMatchObject([{ title: 'Deal', organizationId: ours.id }]);
    expect(await bound(theirs).lead.count()).toBe(0);
    await client.lead.deleteMany();
    await client.deal.deleteMany();
    await client.contact.deleteMany({ where: { name: 'With deal' } });
  });
});
