import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { contextKey } from '../support/server.ts';
import { tenancyOn } from '../support/tenancy.ts';
import { type Tenant, tenant } from '../support/tenants.ts';

describe('errors of a bound client', () => {
  let db: TestDatabase;
  let tenancy: ReturnType<typeof tenancyOn>;
  let ours: Tenant;
  let theirs: Tenant;
  let hidden: { id: string };
  const bound = (t: Tenant) => tenancy.for({ organizationId: t.id, userId: t.owner, role: 'OWNER' });
  const failure = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => undefined,
      (e) => e,
    );
    const { code, status, message, hint, constraint } = error ?? {};
    return { code, status, message, hint, constraint };
  };

  beforeAll(async () => {
    db = await freshDatabase();
    tenancy = tenancyOn(db);
    ours = await tenant(db);
    theirs = await tenant(db);
    hidden = await bound(theirs).contact.create({ data: { name: 'Hidden' } });
  });

  const twins: [string, (id: string) => Promise<unknown>][] = [
    ['findUniqueOrThrow', (id) => bound(ours).contact.findUniqueOrThrow({ where: key(id) })],
    ['findFirstOrThrow', (id) => bound(ours).contact.findFirstOrThrow({ where: { id } })],
    ['update', (id) => bound(ours).contact.update({ where: key(id), data: { name: 'Mine' } })],
    ['delete', (id) => bound(ours).contact.delete({ where: key(id) })],
    ['reference', (id) => bound(ours).deal.create({ data: { title: 'D', value: 1, contactId: id } })],
    [
      'connect',
      (id) => bound(ours).deal.create({ data: { title: 'D', value: 1, contact: { connect: key(id) } } }),
    ],
  ];
  const key = (id: string) => ({ organizationId_id: { organizationId: ours.id, id } });

  it.each(twins)('%s answers for another tenant’s record as for none', async (_, call) => {
    const other = await failure(call(hidden.id));
    const none = await failure(call(randomUUID()));
    expect(other).toEqual(none);
    expect(['NOT_FOUND', 'INVALID_REFERENCE']).toContain(none.code);
    expect(JSON.stringify({ ...other, constraint: undefined })).not.toMatch(
      /fkey|constraint|organization_id|P20/,
    );
  });

  it.each(twins.slice(0, 4))('%s finds nothing under the other tenant’s key either', async (_, call) => {
    const asked = bound(ours).contact.findUnique({
      where: { organizationId_id: { organizationId: theirs.id, id: hidden.id } },
    });
    expect(await asked).toBeNull();
    expect((await failure(call(hidden.id))).code).toBe('NOT_FOUND');
  });

  it('a write into another tenant is forbidden', async () => {
    const client = bound(ours);
    const forbidden = { code: 'FORBIDDEN', status: 403 };
    const organizationId = theirs.id;
    await expect(client.lead.create({ data: { name: 'L', organizationId } })).rejects.toMatchObject(
      forbidden,
    );
    await expect(client.lead.createMany({ data: [{ name: 'L', organizationId }] })).rejects.toMatchObject(
      forbidden,
    );
    const lead = await client.lead.create({ data: { name: 'L' } });
    const moved = client.lead.updateMany({ where: { id: lead.id }, data: { organizationId } });
    await expect(moved).rejects.toMatchObject(forbidden);
  });

  it('a taken key is a conflict, without the row that has it', async () => {
    const client = bound(ours);
    const make = () =>
      client.$executeRaw`INSERT INTO organization_members (user_id, role) VALUES (${ours.owner}::uuid, 'MEMBER')`;
    const error = await failure(make());
    expect(error).toMatchObject({ code: 'CONFLICT', status: 409 });
    expect(JSON.stringify(error)).not.toContain(ours.owner);
  });

  it('a value against a check is invalid, and the check is named', async () => {
    const error = await failure(bound(ours).lead.create({ data: { name: '' } }));
    expect(error).toMatchObject({ code: 'INVALID_VALUE', status: 422, constraint: 'leads_name_check' });
    expect(error.message).toContain('leads_name_check');
  });

  it('a context signed with a key that the database does not hold is not valid', async () => {
    const clock = { id: 9, secret: contextKey.secret };
    const unknown = tenancyOn(db, { keys: { signing: () => clock } });
    const call = unknown.for({ organizationId: ours.id }).lead.count();
    await expect(call).rejects.toMatchObject({ code: 'CONTEXT_INVALID', status: 401 });
  });

  it('a call of the base client is refused', async () => {
    let base: { lead: { count(): Promise<number> } } | undefined;
    const { PrismaClient } = await import('../../src/generated/prisma/client.ts');
    tenancyOn(db, {
      client: (options) => {
        const client = new PrismaClient(options);
        base = client;
        return client;
      },
    });
    await expect(base!.lead.count()).rejects.toThrow('A statement came without a tenant.');
  });

  it('ids that could not be signed are no tenant', () => {
    for (const organizationId of ['', 'a.b', `${ours.id}'`])
      expect(() => tenancy.for({ organizationId })).toThrow('This is no tenant');
  });

  it('a fault in the arguments stays Prisma’s own error, which names it', async () => {
    const wrong = bound(ours).lead.create({ data: { nome: 'A' } as never });
    await expect(wrong).rejects.toMatchObject({ name: 'PrismaClientValidationError' });
  });

  it('a pool without a free connection is unavailable, for every kind of call', async () => {
    const pool = new pg.Pool({ connectionString: db.urls.app, max: 1 });
    db.beforeClose(() => pool.end());
    const client = tenancyOn(db, { url: pool }).for({ organizationId: ours.id });
    const held = await pool.connect();
    pool.options.connectionTimeoutMillis = 100;
    const calls = [
      () => client.lead.count(),
      () => client.$queryRaw`SELECT 1`,
      () => client.$transaction([client.lead.count()]),
      () => client.$transaction((tx) => tx.lead.count()),
      () => client.$bulkInsert('Lead', [{ name: 'Ada' }]),
    ];
    for (const call of calls)
      await expect(call()).rejects.toMatchObject({ code: 'UNAVAILABLE', status: 503 });
    held.release();
    pool.options.connectionTimeoutMillis = 30_000;
    expect(await client.lead.count()).toBeTypeOf('number');
  });

  it('a statement that takes too long is stopped', async () => {
    const hasty = tenancyOn(db, { statementTimeout: 50 });
    const slow = hasty.for({ organizationId: ours.id }).$queryRaw`SELECT pg_sleep(5)`;
    await expect(slow).rejects.toMatchObject({ code: 'TIMEOUT', status: 504 });
  });
});
