import { beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { pgBouncerPrepares, startPgBouncer } from '../support/pgbouncer.ts';
import { tenancyOn } from '../support/tenancy.ts';
import { type Tenant, tenant } from '../support/tenants.ts';

interface Prepared {
  readonly name: string;
  readonly statement: string;
  readonly types: string;
}

describe.skipIf(!pgBouncerPrepares)('through PgBouncer with prepared statements', () => {
  let db: TestDatabase;
  let tenancy: ReturnType<typeof tenancyOn>;
  let tenants: Tenant[];
  const bound = (t: Tenant) => tenancy.for({ organizationId: t.id, userId: t.owner, role: 'OWNER' });

  beforeAll(async () => {
    db = await freshDatabase();
    // One connection to the server, so that everybody has the one that an attacker had.
    const bouncer = await startPgBouncer(db.urls.app, [
      'max_prepared_statements = 100',
      'default_pool_size = 1',
    ]);
    tenancy = tenancyOn(db, { url: bouncer.url, pooler: true, preparedStatements: 500, connections: 8 });
    db.beforeClose(() => bouncer.stop());
    tenants = await Promise.all(Array.from({ length: 6 }, () => tenant(db)));
    for (const t of tenants) await bound(t).lead.create({ data: { name: t.id } });
  });

  /** Reads on every connection to the pooler at once; each knows the statement by then. */
  async function readsItsOwn(t: Tenant): Promise<void> {
    const pages = await Promise.all(Array.from({ length: 8 }, () => bound(t).lead.findMany()));
    expect(pages.flat().map((lead) => lead.name)).toEqual(Array(8).fill(t.id));
  }

  /** What is prepared for reading leads. The victim reads again, because looking at it takes it away. */
  async function preparedFor(victim: Tenant, attacker: Tenant): Promise<Prepared> {
    for (let i = 0; i < 3; i += 1) await readsItsOwn(victim);
    const [found] = await bound(attacker).$queryRaw<Prepared[]>`
      SELECT name, statement, array_to_string(parameter_types, ',') AS types
      FROM pg_prepared_statements WHERE statement LIKE 'SELECT "public"."leads"."organization_id"%'`;
    expect(found?.name).toMatch(/^PGBOUNCER_/);
    await readsItsOwn(victim);
    return found!;
  }

  /** Puts a statement of the attacker's under the name that PgBouncer has given to the reading of leads. */
  const exchange = ({ name, statement, types }: Prepared, more = '') => `DO $do$ BEGIN
      EXECUTE 'DEALLOCATE "${name}"';
      EXECUTE $sql$PREPARE "${name}"(${types}) AS ${statement.replace('"public"."leads"."name"', "'exchanged'")}$sql$;
      ${more}
    END $do$`;

  it('serves many tenants on one connection, each with its own rows', async () => {
    const calls = Array.from({ length: 300 }, async (_, i) => {
      const t = tenants[i % tenants.length]!;
      const client = bound(t);
      const ways = [
        () => client.lead.findMany(),
        () => client.lead.findMany(),
        () => client.$queryRaw<{ name: string }[]>`SELECT name FROM leads`,
        () => client.$transaction(async (tx) => tx.lead.findMany()),
        async () => (await client.$transaction([client.lead.findMany(), client.lead.count()]))[0],
      ];
      const rows = await ways[i % ways.length]!();
      expect(rows.map((r) => r.name)).toEqual([t.id]);
    });
    await Promise.all(calls);
  });

  it.each([
    ['a statement', ''],
    ['a statement that fails', "RAISE EXCEPTION 'on purpose';"],
  ])('keeps %s of one tenant from exchanging those of another', async (_, more) => {
    const [victim, attacker] = [tenants[0]!, tenants[1]!];
    const found = await preparedFor(victim, attacker);
    const attack = bound(attacker).$executeRawUnsafe(exchange(found, more));
    if (more) await expect(attack).rejects.toThrow('on purpose');
    else await attack;
    await readsItsOwn(victim);
  });

  it.each([
    ['committed', 'SELECT 1', true],
    ['rolled back', 'SELECT 1', false],
    ['ended from within', 'END', false],
  ])('keeps a transaction that is %s from it', async (_, last, commits) => {
    const [victim, attacker] = [tenants[2]!, tenants[3]!];
    const found = await preparedFor(victim, attacker);
    const attack = bound(attacker).$transaction(async (tx) => {
      await tx.$executeRawUnsafe(exchange(found));
      await tx.$executeRawUnsafe(last);
      if (!commits) throw new Error('on purpose');
    });
    if (commits) await attack;
    else await expect(attack).rejects.toThrow();
    await readsItsOwn(victim);
  });

  it('keeps a transaction that fails from it', async () => {
    const [victim, attacker] = [tenants[4]!, tenants[5]!];
    const found = await preparedFor(victim, attacker);
    const attack = bound(attacker).$transaction(async (tx) => {
      await tx.$executeRawUnsafe(exchange(found, "RAISE EXCEPTION 'on purpose';"));
    });
    await expect(attack).rejects.toThrow('on purpose');
    await readsItsOwn(victim);
  });
});
