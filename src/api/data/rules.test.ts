import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Ask, serverFor, unexpected } from '../../../test/support/data-server.ts';
import { freshDatabase } from '../../../test/support/database.ts';
import { root } from '../../../test/support/server.ts';
import { tenancyOn } from '../../../test/support/tenancy.ts';
import { tenant } from '../../../test/support/tenants.ts';
import { Refusal } from '../../errors.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { ModelRules, Values } from '../../http/index.ts';
import { readGenerated } from '../../tenancy/index.ts';
import { type DataField, dataModels } from './model.ts';

const told: string[] = [];

const deals: ModelRules = {
  model: 'Deal',
  closed: { actualCloseDate: 'Close the deal instead.' },
  create: async (_, values) => {
    if (values.title === 'no') {
      const fields = [{ field: 'title', code: 'NO', message: 'No.' }];
      throw new Refusal('invalid', 'NO', 'No such deal.', 'Choose another title.', { fields });
    }
    told.push(`create ${Prisma.Decimal.isDecimal(values.value)} ${values.expectedCloseDate instanceof Date}`);
    return { ...values, probability: 7 };
  },
  update: async (_, before: Values, changes) => {
    told.push(`update ${before.title} ${Prisma.Decimal.isDecimal(before.value)}`);
    return { ...changes, actualCloseDate: new Date('2026-05-01') };
  },
  remove: async (_, before) => {
    if (before.title === 'kept') throw new Refusal('conflict', 'KEPT', 'It is kept.', 'Leave it.');
  },
  written: async (db, after, before) => {
    told.push(`written ${after.title} ${before?.title}`);
    await db.contact.create({ data: { name: `of ${after.title}` } });
  },
};
const leads: ModelRules = { model: 'Lead', refuses: { delete: 'Archive it instead.' } };

let plain: Ask;
let ruled: Ask;
let owner: { organizationId: string; userId: string };

beforeAll(async () => {
  const db = await freshDatabase();
  const ours = await tenant(db);
  owner = { organizationId: ours.id, userId: ours.owner };
  const tenancy = tenancyOn(db);
  plain = serverFor(tenancy)(owner);
  ruled = serverFor(tenancy, [deals, leads])(owner);
});

afterEach(() => {
  expect(unexpected).toEqual([]);
  told.length = 0;
});

describe('rules of a model', () => {
  it('judge creates and what follows, single and many, with values as Prisma has them', async () => {
    const body = { title: 'A', value: '10.50', expectedCloseDate: '2026-04-01' };
    const made = await ruled('POST', '/deals', { body });
    expect([made.status, made.body.probability, made.body.value]).toEqual([201, 7, '10.50']);
    expect(made.body.expectedCloseDate).toBe('2026-04-01');
    expect(told).toEqual(['create true true', 'written A undefined']);
    const many = await ruled('POST', '/deals', { body: [body, { ...body, title: 'no' }] });
    expect([many.status, many.body.code, many.body.errors[0].field]).toEqual([422, 'NO', '1.title']);
    expect((await plain('GET', '/deals?count=exact')).body.page.count).toBe(1);
  });

  it('judge changes, one and many, and merges', async () => {
    const id = crypto.randomUUID();
    await ruled('POST', '/deals', { body: { id, title: 'B', value: '1' } });
    const changed = await ruled('PATCH', `/deals/${id}`, {
      body: { notes: 'x' },
      headers: { 'if-match': '*' },
    });
    expect([changed.status, changed.body.actualCloseDate]).toEqual([200, '2026-05-01']);
    const many = await ruled('PATCH', '/deals?title=B', { body: { notes: 'y' } });
    expect(many.body).toEqual({ count: 1 });
    const headers = { prefer: 'resolution=merge-duplicates' };
    const merged = await ruled('POST', '/deals', { body: { id, title: 'B2', value: '1' }, headers });
    expect([merged.status, merged.body.title]).toEqual([200, 'B2']);
    expect(told.filter((t) => t.startsWith('update'))).toEqual([
      'update B true',
      'update B true',
      'update B true',
    ]);
  });

  it('close fields and kinds of writes, with the way that is open', async () => {
    const body = { title: 'C', value: '1', actualCloseDate: '2026-01-01' };
    const closed = await ruled('POST', '/deals', { body });
    expect(closed.body.errors[0].message).toContain('Close the deal instead.');
    const refused = await ruled('DELETE', `/leads/${crypto.randomUUID()}`);
    expect([refused.status, refused.body.detail]).toEqual([
      405,
      expect.stringContaining('Archive it instead.'),
    ]);
    const { id } = (await plain('POST', '/deals', { body: { title: 'kept', value: '1' } })).body;
    expect((await ruled('DELETE', `/deals/${id}`)).body.code).toBe('KEPT');
    expect((await ruled('DELETE', '/deals?title=kept')).body.code).toBe('KEPT');
    expect((await plain('DELETE', `/deals/${id}`)).status).toBe(204);
  });
});

describe('whatever is sent', () => {
  const models = [...dataModels({ boundary: readGenerated(root).boundary, rules: [] }).values()];
  const writable = models.filter((m) => m.may.create || m.may.update);

  /** Values that are nearly right, by the kind of the field, among anything that JSON can say. */
  const anything = (kind: string, values: readonly string[] = []) =>
    fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(
        null,
        '',
        '0',
        '-1',
        'a\u0000',
        '\ud800',
        1e308,
        2 ** 53,
        '9'.repeat(40),
        '2026-02-29',
        '0001-01-01T00:00:00+14:00',
        '9999-12-31T23:59:59.999999Z',
        'a@b',
        '::1%lo',
        {},
        [],
        [null],
      ),
      kind === 'enum' ? fc.constantFrom(...values, 'X') : fc.string({ unit: 'binary', maxLength: 600 }),
      kind === 'uuid'
        ? fc.uuid()
        : kind === 'date'
          ? fc.date({ noInvalidDate: true }).map((d) => d.toISOString().slice(0, 10))
          : fc.integer(),
      kind === 'decimal' || kind === 'bigint' ? fc.bigInt().map(String) : fc.double(),
    );

  /** Values that are right, as far as the field alone says. */
  const right = (field: DataField): fc.Arbitrary<unknown> => {
    const one = rightOne(field);
    const many = field.rules.format === 'embedding' ? fc.constant([]) : fc.array(one, { maxLength: 3 });
    return field.kind.list ? many : field.nullable ? fc.option(one) : one;
  };

  let written = 0;
  afterAll(() => expect(written).toBeGreaterThan(100));

  it.each(writable.map((m) => [m.collection, m] as const))(
    '%s answers a body with 2xx or 4xx',
    async (collection, model) => {
      const fields = model.fields.filter((f) => f.creatable);
      const refers = new Set(model.foreignKeys.flatMap((f) => f.columns));
      const row = (value: (f: DataField) => fc.Arbitrary<unknown>) =>
        fc.record(
          Object.fromEntries(
            fields.map((f) => [f.name, refers.has(f.column) && f.nullable ? fc.constant(null) : value(f)]),
          ),
          { requiredKeys: fields.filter((f) => f.required).map((f) => f.name) },
        );
      const wrong = (f: DataField) => anything(f.kind.name, f.kind.values);
      const mixed = (f: DataField) =>
        fc.oneof({ weight: 30, arbitrary: right(f) }, { weight: 1, arbitrary: wrong(f) });
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(
            row(right),
            row(mixed),
            fc.array(row(right), { maxLength: 3 }),
            row(wrong),
            fc.jsonValue(),
          ),
          async (body) => {
            const made = await plain('POST', `/${collection}`, { body });
            expect(made.status, made.text).toBeLessThan(500);
            const open = Object.entries(body ?? {}).filter(([n]) => model.field.get(n)?.updatable);
            const changes = Object.fromEntries(open);
            const changed = await plain('PATCH', `/${collection}?${model.key[0]!.name}.is=notnull`, {
              body: changes,
            });
            expect(changed.status, changed.text).toBeLessThan(500);
            // The database refuses only what rules of several columns or of triggers say, and these name themselves.
            if (made.body?.code === 'INVALID_VALUE')
              expect(made.body.detail).not.toContain('A value is not allowed');
            written += made.status === 201 ? 1 : 0;
          },
        ),
        { numRuns: 40 },
      );
    },
  );

  it('as a query is answered with 200 or 4xx', async () => {
    const words = [
      'title',
      'value',
      'stage',
      'contact',
      'activities',
      'some',
      'none',
      'customFields',
      'path[a]',
      'eq',
      'in',
      'is',
      'sort',
      'limit',
      'cursor',
      'fields',
      'expand',
      'or',
      'and',
      'not',
      'q',
      'count',
      'x',
    ];
    const name = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }).map((w) => w.join('.'));
    const value = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(
        '(title.eq:a)',
        '(a,b)',
        '"',
        '(((',
        'null',
        '1',
        'title',
        '-title',
        'contact(fields=id)',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(name, value), { maxLength: 4 }), async (params) => {
        const query = params
          .map(([n, v]) => `${encodeURIComponent(n)}=${encodeURIComponent(v.toWellFormed())}`)
          .join('&');
        for (const path of ['/deals', '/deals/aggregate'])
          expect((await plain('GET', `${path}?${query}`)).status).toBeLessThan(500);
      }),
      { numRuns: 300 },
    );
  });
});

const year = {
  min: new Date('0001-01-02T00:00:00Z'),
  max: new Date('9999-12-30T00:00:00Z'),
  noInvalidDate: true,
};

function rightOne({ kind, rules }: DataField): fc.Arbitrary<unknown> {
  const least = Math.max(
    Number(kind.least ?? -1e9),
    Number(rules.min ?? -1e9),
    Number(rules.exclusiveMin ?? -1e9) + 1,
  );
  const most = Math.min(Number(kind.most ?? 1e9), Number(rules.max ?? 1e9));
  switch (kind.name) {
    case 'enum':
      return fc.constantFrom(...kind.values!);
    case 'uuid':
      return fc.uuid();
    case 'integer':
      return fc.integer({ min: least, max: most });
    case 'bigint':
      return fc.oneof(
        fc.integer({ min: Math.max(least, 0), max: 1e9 }).map(String),
        fc.constantFrom('9223372036854775807'),
      );
    case 'decimal': {
      const digits = 10 ** Math.min(kind.precision!, 15) - 1;
      const scaled = (n: number) => (n / 10 ** kind.scale!).toFixed(kind.scale);
      const min = Math.max(-digits, Math.ceil(least * 10 ** kind.scale!));
      return fc.integer({ min, max: Math.min(digits, most * 10 ** kind.scale!) }).map(scaled);
    }
    case 'float':
      return kind.single
        ? fc.float({ noNaN: true, noDefaultInfinity: true })
        : fc.double({ min: least, max: most, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'timestamp':
      return fc.date(year).map((d) => d.toISOString());
    case 'date':
      return fc.date(year).map((d) => d.toISOString().slice(0, 10));
    case 'json':
      return rules.format === 'json-array'
        ? fc.array(fc.jsonValue())
        : fc.dictionary(fc.string(), fc.jsonValue());
    case 'bytes':
      return fc.uint8Array({ minLength: 32, maxLength: 32 }).map((b) => Buffer.from(b).toString('base64url'));
    case 'inet':
      return fc.oneof(fc.ipV4(), fc.ipV6());
    default: {
      const fixed: Record<string, string> = {
        email: 'a@example.com',
        url: 'https://example.com',
        slug: 'a-b',
        currency: 'USD',
        country: 'US',
        zip: '12345',
      };
      const format =
        rules.format && (rules.format === 'storage-key' ? `${'0'.repeat(8)}/a` : fixed[rules.format]);
      if (format) return fc.constant(format);
      return fc.string({
        unit: 'grapheme',
        minLength: rules.minLength ?? 0,
        maxLength: Math.min(rules.maxLength ?? 50, kind.width ?? 50, 50),
      });
    }
  }
}
