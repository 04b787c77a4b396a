import { inspect } from 'node:util';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Prisma } from '../../src/generated/prisma/client.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { tenancyOn } from '../support/tenancy.ts';
import { type Tenant, tenant } from '../support/tenants.ts';

describe('bulk insert', () => {
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

  it('writes rows of every kind of column as the model client reads them', async () => {
    const client = bound(ours);
    const row = fc.record({
      name: fc.string({ minLength: 1, maxLength: 50 }).filter((s) => !s.includes('\0')),
      type: fc.constantFrom('PROSPECT', 'CLIENT'),
      tags: fc.array(
        fc.string({ maxLength: 10 }).filter((s) => !s.includes('\0')),
        { maxLength: 3 },
      ),
      customFields: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.oneof(fc.integer(), fc.boolean()), {
        noNullPrototype: true,
      }),
      lastContactAt: fc.option(
        fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
      ),
      company: fc.option(fc.stringMatching(/^[A-Za-z"\\{},]{1,20}$/)),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
        await client.contact.deleteMany();
        expect(await client.$bulkInsert('Contact', rows, { chunk: 7 })).toBe(rows.length);
        const found = await client.contact.findMany({ orderBy: { id: 'asc' } });
        const shown = ({
          name,
          type,
          tags,
          customFields,
          lastContactAt,
          company,
        }: (typeof found)[number]) => ({
          name,
          type,
          tags,
          customFields,
          lastContactAt,
          company,
        });
        const sorted = (list: readonly object[]) =>
          list.map((r) => inspect(r, { sorted: true, depth: 9 })).sort();
        expect(sorted(found.map(shown))).toEqual(sorted(rows.map((r) => shown(r as never))));
        expect(new Set(found.map((c) => c.organizationId))).toEqual(new Set([ours.id]));
      }),
      { numRuns: 15 },
    );
  });

  it('takes a stream, tells progress, and keeps numbers exact', async () => {
    const client = bound(ours);
    const seen: number[] = [];
    async function* deals() {
      for (let i = 0; i < 25; i += 1) yield { title: `Deal ${i}`, value: `${i}.0${i % 10}`, probability: i };
    }
    await client.$bulkInsert('Deal', deals(), { chunk: 10, onProgress: (n) => seen.push(n) });
    expect(seen).toEqual([10, 20, 25]);
    const sum = await client.deal.aggregate({ _sum: { value: true, probability: true } });
    expect([sum._sum.value?.toFixed(2), sum._sum.probability]).toEqual(['301.00', 300]);
  });

  it('writes nothing when one row of the last chunk is refused', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => ({ name: `Lead ${i}` }));
    const refused = bound(ours).$bulkInsert('Lead', [...rows, { name: '' }], { chunk: 5 });
    await expect(refused).rejects.toMatchObject({ code: 'INVALID_VALUE', status: 422 });
    expect(await bound(ours).lead.count()).toBe(0);
  });

  it('refuses rows of another tenant', async () => {
    const rows = [{ name: 'Ours' }, { name: 'Theirs' }].map((r, i) => ({
      ...r,
      organizationId: i === 0 ? ours.id : theirs.id,
    }));
    await expect(bound(ours).$bulkInsert('Lead', rows)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await bound(theirs).lead.count()).toBe(0);
  });

  it('stops when told, and leaves nothing', async () => {
    const stop = new AbortController();
    const rows = Array.from({ length: 30 }, (_, i) => ({ name: `Lead ${i}` }));
    const work = bound(ours).$bulkInsert('Lead', rows, {
      chunk: 10,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(work).rejects.toMatchObject({ name: 'AbortError' });
    expect(await bound(ours).lead.count()).toBe(0);
  });

  it.each(['text', null, undefined, new Error('no more rows')])(
    'gives its connection back when the rows fail with %s',
    async (fault) => {
      const client = tenancyOn(db, { connections: 1 }).for({ organizationId: ours.id });
      const failing = function* () {
        yield { name: 'Ada' };
        throw fault;
      };
      const work = client.$bulkInsert('Lead', failing());
      expect(
        await work.then(
          () => 'none',
          (error) => [error],
        ),
      ).toEqual([fault]);
      expect(await client.lead.count()).toBe(0);
    },
  );

  it('stops while it waits for rows that never come, whatever the reason is', async () => {
    const client = tenancyOn(db, { connections: 1 }).for({ organizationId: ours.id });
    const stop = new AbortController();
    const stuck = async function* () {
      for (let i = 0; i < 3; i += 1) yield { name: `Lead ${i}` };
      setTimeout(() => stop.abort('enough'), 50);
      await new Promise(() => {});
    };
    const work = client.$bulkInsert('Lead', stuck(), { chunk: 2, signal: stop.signal });
    await expect(work).rejects.toBe('enough');
    expect(await client.lead.count()).toBe(0);
  });

  it('writes what it was given or nothing', async () => {
    const client = bound(ours);
    const wrong: [string, object, string][] = [
      ['Deal', { probability: '' }, 'Deal.probability: "" is not a whole number.'],
      ['Deal', { probability: 1.5 }, 'Deal.probability: 1.5 is not a whole number.'],
      ['Deal', { probability: true }, 'Deal.probability: true is not a whole number.'],
      ['Deal', { value: Number.NaN }, 'Deal.value: NaN is not a plain value.'],
      ['Lead', { notes: { a: 1 } }, 'Lead.notes: The object is not a plain value.'],
      ['Lead', { notes: ['a'] }, 'Lead.notes: The object is not a plain value.'],
      ['Contact', { tags: 'a' }, 'Contact.tags: "a" is not a list.'],
      ['Contact', { customFields: Prisma.DbNull }, 'Contact.customFields: The object is not JSON'],
    ];
    for (const [model, row, message] of wrong)
      await expect(client.$bulkInsert(model, [row as never])).rejects.toThrow(message);
    for (const chunk of [0, -1, 1.5, Number.NaN])
      await expect(client.$bulkInsert('Lead', [{ name: 'A' }], { chunk })).rejects.toThrow(RangeError);
  });

  it('names the row, the field and the model that do not fit', async () => {
    const client = bound(ours);
    await expect(client.$bulkInsert('Lead', [{ name: 'A' }, { title: 'B' }])).rejects.toMatchObject({
      code: 'ROWS_DIFFER',
      message: 'Row 2 has other fields than the first row.',
    });
    await expect(client.$bulkInsert('Lead', [{ nome: 'A' }])).rejects.toThrow('There is no field Lead.nome.');
    await expect(client.$bulkInsert('Leads', [{ name: 'A' }])).rejects.toThrow('There is no model Leads.');
    await expect(client.$bulkInsert('Lead', [{ name: 'A', id: 'no' }])).rejects.toThrow(
      'Lead.id: "no" is not a UUID.',
    );
  });
});
