import { beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { tenancyOn } from '../support/tenancy.ts';
import { type Tenant, tenant } from '../support/tenants.ts';

describe('transactions of a bound client', () => {
  let db: TestDatabase;
  let tenancy: ReturnType<typeof tenancyOn>;
  let ours: Tenant;
  let theirs: Tenant;
  const bound = (t: Tenant) => tenancy.for({ organizationId: t.id, userId: t.owner, role: 'OWNER' });

  beforeAll(async () => {
    db = await freshDatabase();
    tenancy = tenancyOn(db);
    ours = await tenant(db);
    theirs = await tenant(db);
  });

  const sums = async (isolationLevel?: 'Serializable', retries?: number) => {
    const client = bound(ours);
    await client.deal.deleteMany();
    await client.deal.create({ data: { title: 'Counter', value: 1, probability: 0 } });
    let runs = 0;
    const add = () =>
      client.$transaction(
        async (tx) => {
          runs += 1;
          const [deal] = await tx.deal.findMany();
          await tx.deal.updateMany({ data: { probability: deal!.probability + 1 } });
        },
        { ...(isolationLevel ? { isolationLevel } : {}), ...(retries === undefined ? {} : { retries }) },
      );
    const outcomes = await Promise.allSettled(Array.from({ length: 4 }, add));
    return { runs, outcomes, count: (await client.deal.findFirstOrThrow()).probability };
  };

  it('repeats one that met another’s writes, so that none is lost', async () => {
    const { count, runs, outcomes } = await sums('Serializable', 20);
    expect(outcomes.map((o) => o.status)).toEqual(Array(4).fill('fulfilled'));
    expect(count).toBe(4);
    expect(runs).toBeGreaterThanOrEqual(4);
  });

  it('says so when repeating is turned off', async () => {
    const { outcomes, runs } = await sums('Serializable', 0);
    expect(runs).toBe(4);
    for (const o of outcomes)
      if (o.status === 'rejected') expect(o.reason).toMatchObject({ code: 'WRITE_CONFLICT', status: 409 });
  });

  it('resolves a deadlock of two', async () => {
    const client = bound(ours);
    await client.deal.deleteMany();
    const make = (title: string) => client.deal.create({ data: { title, value: 1, probability: 0 } });
    const [a, b] = await Promise.all(['A', 'B'].map(make));
    let met = 0;
    let open = () => {};
    const both = new Promise<void>((resolve) => {
      open = resolve;
    });
    const swap = (first: string, second: string) =>
      client.$transaction(async (tx) => {
        await tx.deal.updateMany({ where: { id: first }, data: { probability: { increment: 1 } } });
        met += 1;
        if (met >= 2) open();
        await both;
        await tx.deal.updateMany({ where: { id: second }, data: { probability: { increment: 1 } } });
      });
    await Promise.all([swap(a!.id, b!.id), swap(b!.id, a!.id)]);
    expect((await client.deal.findMany()).map((d) => d.probability)).toEqual([2, 2]);
  });

  it('refuses a call that another tenant’s client made', async () => {
    const mixed = bound(ours).$transaction([bound(ours).lead.count(), bound(theirs).lead.count()]);
    await expect(mixed).rejects.toMatchObject({ code: 'FOREIGN_PROMISE' });
  });

  it('keeps extensions of a bound client bound, inside transactions too', async () => {
    const seen: string[] = [];
    const extended = bound(ours).$extends({
      query: {
        $allOperations: ({ operation, args, query }) => {
          seen.push(operation);
          return query(args);
        },
      },
      model: { lead: { warm: () => extended.lead.count({ where: { score: 'HOT' } }) } },
    });
    await bound(theirs).lead.create({ data: { name: 'Theirs', score: 'HOT' } });
    expect(await extended.lead.warm()).toBe(0);
    expect(await extended.$transaction((tx) => tx.lead.findMany({ where: { name: 'Theirs' } }))).toEqual([]);
    expect(seen).toEqual(['count', 'findMany']);
  });

  it('nests, and rolls back the inner one alone', async () => {
    const client = bound(ours);
    await client.lead.deleteMany();
    await client.$transaction(async (tx) => {
      await tx.lead.create({ data: { name: 'Outer' } });
      const inner = tx.$transaction(async (deep) => {
        await deep.lead.create({ data: { name: 'Inner' } });
        throw new Error('undo');
      });
      await expect(inner).rejects.toThrow('undo');
    });
    expect((await client.lead.findMany()).map((l) => l.name)).toEqual(['Outer']);
  });

  it('refuses a statement that ends the transaction from within, and what comes after', async () => {
    const client = bound(ours);
    await client.lead.deleteMany();
    const work = client.$transaction(async (tx) => {
      await tx.lead.create({ data: { name: 'Kept by mistake' } });
      await tx.$executeRawUnsafe('COMMIT');
      await tx.lead.create({ data: { name: 'Outside' } });
    });
    await expect(work).rejects.toMatchObject({ code: 'TRANSACTION_ENDED' });
    expect((await client.lead.findMany()).map((l) => l.name)).toEqual(['Kept by mistake']);
  });

  it.each([null, undefined, 'text', 0])('passes on %s as its function threw it', async (thrown) => {
    const work = bound(ours).$transaction(async (tx) => {
      await tx.lead.count();
      throw thrown;
    });
    expect(
      await work.then(
        () => 'none',
        (error) => [error],
      ),
    ).toEqual([thrown]);
  });

  it('does not pass for kept when a failed statement was caught, unless in a transaction of its own', async () => {
    const client = bound(ours);
    await client.lead.deleteMany();
    const caught = client.$transaction(async (tx) => {
      await tx.lead.create({ data: { name: 'Lost' } });
      await tx.lead.create({ data: { name: '' } }).catch(() => {});
      return 'kept';
    });
    await expect(caught).rejects.toMatchObject({ code: 'TRANSACTION_FAILED' });
    const nested = client.$transaction(async (tx) => {
      await tx.lead.create({ data: { name: 'Kept' } });
      await tx.$transaction((deep) => deep.lead.create({ data: { name: '' } })).catch(() => {});
      return 'kept';
    });
    await expect(nested).resolves.toBe('kept');
    expect((await client.lead.findMany()).map((l) => l.name)).toEqual(['Kept']);
    await Promise.all(Array.from({ length: 8 }, () => client.lead.count()));
  });

  it('ends one that takes too long, and gives its connection back', async () => {
    const client = bound(ours);
    const slow = client.$transaction(
      async (tx) => {
        await tx.lead.count();
        await tx.$executeRaw`SELECT pg_sleep(0.4)`;
        await tx.lead.count();
      },
      { timeout: 100 },
    );
    await expect(slow).rejects.toMatchObject({ code: 'TIMEOUT' });
    await Promise.all(Array.from({ length: 8 }, () => client.lead.count()));
  });
});
