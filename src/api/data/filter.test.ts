import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ask, serverFor, unexpected } from '../../../test/support/data-server.ts';
import { demoDatabase } from '../../../test/support/demo-database.ts';
import { root } from '../../../test/support/server.ts';
import { tenancyOn } from '../../../test/support/tenancy.ts';
import { readGenerated } from '../../tenancy/index.ts';
import { type DataField, type DataModel, dataModels } from './model.ts';
import { operatorsOf } from './operators.ts';

const models = [...dataModels({ boundary: readGenerated(root).boundary, rules: [] }).values()];
let owner: Ask;

beforeAll(async () => {
  const demo = await demoDatabase();
  const { rows } = await demo.db.platform.query(
    "SELECT user_id FROM organization_members WHERE organization_id = $1 AND role = 'OWNER'",
    [demo.ours],
  );
  owner = serverFor(tenancyOn(demo.db))({ organizationId: demo.ours, userId: rows[0].user_id });
});

afterAll(() => expect(unexpected).toEqual([]));

type Shown = Record<string, unknown>;

/** Two values of a field as rows show them, or made-up ones where no row has any. */
function samples(field: DataField, rows: readonly Shown[]): [string, string] {
  const found = rows.map((r) => r[field.name]).filter((v) => v !== null && v !== undefined);
  const flat = field.kind.list ? found.flat() : found;
  const texts = flat.map((v) => (typeof v === 'object' ? JSON.stringify(v) : String(v)));
  const made = MADE[field.kind.name] ?? field.kind.values?.[0] ?? '';
  const first = texts[0] ?? made;
  return [first, texts.find((t) => t !== first) ?? first];
}

const MADE: Record<string, string> = {
  text: 'USD',
  uuid: '01890a5d-ac96-774b-bcce-b302099a8057',
  integer: '1',
  bigint: '1',
  decimal: '1.5',
  float: '0.5',
  boolean: 'true',
  timestamp: '2026-03-01T09:30:00Z',
  date: '2026-03-01',
  json: '{}',
  bytes: 'AAECAw',
  inet: '192.0.2.1',
};

/** What an operator means, said again in JavaScript; undefined where its order is the database's (collations, enums). */
function meaning({ kind }: DataField, operator: string, [a, b]: [string, string]) {
  const number = ['integer', 'bigint', 'decimal', 'float'].includes(kind.name);
  const time = kind.name === 'timestamp' || kind.name === 'date';
  const rank = (v: unknown) => (number ? Number(v) : time ? String(v) : undefined);
  const text = (v: unknown) => String(v);
  const ordered = (test: (x: number | string, y: number | string) => boolean) =>
    number || time ? (v: unknown) => v !== null && test(rank(v)!, rank(a)!) : undefined;
  const meanings: Record<string, ((v: unknown) => boolean) | undefined> = {
    eq: (v) => v !== null && (number ? Number(v) === Number(a) : text(v) === a),
    neq: (v) => v !== null && (number ? Number(v) !== Number(a) : text(v) !== a),
    distinct: (v) => v === null || text(v) !== a,
    in: (v) => v !== null && [a, b].includes(text(v)),
    nin: (v) => v !== null && ![a, b].includes(text(v)),
    gt: ordered((x, y) => x > y),
    gte: ordered((x, y) => x >= y),
    lt: ordered((x, y) => x < y),
    lte: ordered((x, y) => x <= y),
    contains: (v) => v !== null && text(v).includes(a),
    startswith: (v) => v !== null && text(v).startsWith(a),
    endswith: (v) => v !== null && text(v).endsWith(a),
    ieq: (v) => v !== null && text(v).toLowerCase() === a.toLowerCase(),
  };
  return kind.list || kind.name === 'json' || kind.name === 'inet' ? undefined : meanings[operator];
}

function valueFor(operator: string, [a, b]: [string, string]): string {
  const item = (v: string) => (/[",]/.test(v) ? `"${v.replaceAll('"', '""')}"` : v);
  if (operator === 'is') return 'notnull';
  if (['in', 'nin', 'between', 'hasany', 'hasall', 'within'].includes(operator))
    return `${item(a)},${item(b)}`;
  return a;
}

/** One field of each kind, so that the whole stays quick. */
const kindsOf = (model: DataModel) => [
  ...new Map(model.fields.map((f) => [`${f.kind.name} ${f.kind.list} ${f.kind.sql}`, f])).values(),
];

describe.each(models.map((m) => [m.collection, m] as const))('%s', (collection, model) => {
  it('finds by every operator of every kind of column what the operator means', async () => {
    const { data: rows } = (await owner('GET', `/${collection}?limit=100&fields=*`)).body as {
      data: Shown[];
    };
    const key = (r: Shown) => model.key.map((f) => r[f.name]).join(',');
    const asked = kindsOf(model).flatMap((f) => operatorsOf(f.kind).map((o) => [f, o] as const));
    await Promise.all(
      asked.map(async ([field, operator]) => {
        const sample = samples(field, rows);
        let value = valueFor(operator, sample);
        if (field.kind.list && (operator === 'eq' || operator === 'neq')) value = '';
        const reply = await owner(
          'GET',
          `/${collection}?limit=200&${field.name}.${operator}=${encodeURIComponent(value)}`,
        );
        expect(reply.status, `${field.name}.${operator}=${value}: ${reply.text}`).toBe(200);
        const means = meaning(field, operator, sample);
        if (!means || rows.length === 100) return;
        const expected = rows.filter((r) => means(r[field.name])).map(key);
        expect(reply.body.data.map(key).sort(), `${field.name}.${operator}=${value}`).toEqual(
          expected.sort(),
        );
      }),
    );
  });

  it('refuses values of the wrong kind, naming the parameter', async () => {
    for (const field of kindsOf(model)) {
      if (field.kind.list || field.kind.name === 'json' || field.kind.name === 'other') continue;
      const wrong = field.kind.name === 'text' ? '%00' : 'no%20value*';
      const reply = await owner('GET', `/${collection}?${field.name}=${wrong}`);
      expect([reply.status, reply.body.errors?.[0]?.field]).toEqual([422, field.name]);
    }
  });
});

describe('conditions', () => {
  const ids = async (query: string) => {
    const reply = await owner('GET', `/deals?limit=200&${query}`);
    expect(reply.status, reply.text).toBe(200);
    return reply.body.data as Shown[];
  };

  it('nest with or, and, not', async () => {
    const all = await ids('');
    const found = await ids('or=(stage.eq:LEAD,and(value.gt:400000,not(status.eq:WON)))');
    const expected = all.filter(
      (d) => d.stage === 'LEAD' || (Number(d.value) > 400000 && d.status !== 'WON'),
    );
    expect(found).toEqual(expected);
  });

  it('reach through relations to one and to many', async () => {
    const contacts = (await owner('GET', '/contacts?limit=190&expand=deals(limit=100)')).body.data as {
      name: string;
      deals: { stage: string; value: string }[];
    }[];
    const some = (await owner('GET', '/contacts?limit=200&deals.some=(stage.eq:LEAD,value.gt:1000)')).body
      .data as { name: string }[];
    const expected = contacts.filter((c) =>
      c.deals.some((d) => d.stage === 'LEAD' && Number(d.value) > 1000),
    );
    expect(some.map((c) => c.name)).toEqual(expected.map((c) => c.name));
    const none = (await owner('GET', '/contacts?limit=200&deals.none.value.gte=0')).body.data as {
      name: string;
    }[];
    expect(none.map((c) => c.name)).toEqual(contacts.filter((c) => c.deals.length === 0).map((c) => c.name));
    const named = contacts.find((c) => c.deals.length > 0)!.name;
    const deals = await ids(
      `contact.name.icontains=${encodeURIComponent(named.toUpperCase())}&expand=contact(fields=name)`,
    );
    expect(deals.length).toBeGreaterThan(0);
    expect(deals.every((d) => (d.contact as { name: string }).name === named)).toBe(true);
  });

  it('look into JSON', async () => {
    const made = await owner('POST', '/contacts', {
      body: { name: 'Json', customFields: { a: { b: 7 }, tier: 'gold' } },
    });
    for (const query of [
      'customFields.path[a,b]=7',
      'customFields.path[tier]=gold',
      'customFields.path[tier].is=notnull&name=Json',
    ]) {
      const reply = await owner('GET', `/contacts?${query}`);
      expect(
        reply.body.data?.map((c: Shown) => c.id),
        reply.text,
      ).toEqual([made.body.id]);
    }
  });

  it('search by every word', async () => {
    const [first] = await ids('');
    const word = String(first!.title).split(' ')[0]!.toLowerCase();
    expect((await ids(`q=${encodeURIComponent(word)}`)).length).toBeGreaterThan(0);
    expect(await ids('q=zzzz+qqqq')).toEqual([]);
  });

  it.each([
    ['colour=red', 'colour'],
    ['title.near=x', 'title.near'],
    ['or=(stage.eq:LEAD', 'or'],
    [`or=${'(or'.repeat(9)}(a:1)${')'.repeat(9)}`, 'or'],
    ['contact.some.name=x', 'contact.some.name'],
    ['activities.title=x', 'activities.title'],
    ['sort=tags', 'sort'],
    ['sort=activities.title', 'sort'],
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['offset=10001', 'offset'],
    ['cursor=abc', 'cursor'],
    ['fields=id,nothing', 'fields'],
    ['expand=nothing', 'expand'],
    ['expand=contact.deals.contact.deals', 'expand'],
    ['expand=activities(limit=101)', 'expand'],
    ['limit=200&expand=activities(limit=100),appointments(limit=100)', 'expand'],
    ['count=some', 'count'],
    [`title.in=${'x,'.repeat(1001)}`, 'title.in'],
    [Array.from({ length: 101 }, () => 'title=x').join('&'), 'title'],
    ['lead.deals.some.contact.deals.some.title=x', 'lead.deals.some.contact.deals.some.title'],
  ])('are refused as %s', async (query, field) => {
    const reply = await owner('GET', `/deals?${query}`);
    expect([reply.status, reply.body.code], reply.text).toEqual([422, 'QUERY_INVALID']);
    expect(reply.body.errors.map((e: { field: string }) => e.field)).toContain(field);
  });

  it('are refused where they are not UTF-8', async () => {
    const reply = await owner('GET', '/deals?title=%ff');
    expect([reply.status, reply.body.code]).toEqual([400, 'QUERY_MALFORMED']);
  });
});
