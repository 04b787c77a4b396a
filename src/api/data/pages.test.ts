import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Ask, serverFor, unexpected } from '../../../test/support/data-server.ts';
import { freshDatabase } from '../../../test/support/database.ts';
import { tenancyOn } from '../../../test/support/tenancy.ts';
import { tenant } from '../../../test/support/tenants.ts';

let owner: Ask;
let withoutOrganizations: Ask;
const names = ['Ada', 'Bea', '', 'Cid', 'dor', 'Émil', 'ada'];

beforeAll(async () => {
  const db = await freshDatabase();
  const { id, owner: userId } = await tenant(db);
  const server = serverFor(tenancyOn(db));
  owner = server({ organizationId: id, userId });
  withoutOrganizations = server({ organizationId: id, userId, scopes: ['crm:read'] });
  // One statement: all rows have one createdAt, to the microsecond.
  const rows = Array.from({ length: 120 }, (_, i) => ({
    name: `${names[i % 7]}${i % 11} x`,
    company: i % 3 ? `Co ${i % 5}` : null,
    lastContactAt: i % 4 ? `2026-01-0${(i % 9) + 1}T00:00:00.12345${i % 7}Z` : null,
    type: ['PROSPECT', 'CLIENT', 'VENDOR'][i % 2],
  }));
  const made = await owner('POST', '/contacts', { body: rows });
  expect(made.status, made.text).toBe(201);
});

afterEach(() => expect(unexpected).toEqual([]));

type Contact = { id: string; name: string };

async function pages(query: string, limit: number, between: () => Promise<void> = async () => {}) {
  const found: Contact[] = [];
  let path: string | null = `/contacts?limit=${limit}&${query}`;
  while (path) {
    const reply = await owner('GET', path);
    expect(reply.status, reply.text).toBe(200);
    found.push(...reply.body.data);
    const link = reply.headers.get('link');
    expect(link === null).toBe(reply.body.page.next === null);
    path = link && (/<([^>]+)>; rel="next"/.exec(link)?.[1]?.replace('/data', '') ?? null);
    await between();
  }
  return found;
}

describe('pages', () => {
  const sorts = [
    'name',
    '-company',
    'lastContactAt',
    '-lastContactAt.nullslast',
    'type',
    'createdAt',
    '-createdAt',
    'company.nullsfirst',
    'assignee.role',
    'organization.slug',
  ];

  it('put together are the whole list, for any order and size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.constantFrom(...sorts), {
          maxLength: 3,
          selector: (s) => s.replace(/^-|\..*/g, ''),
        }),
        fc.integer({ min: 7, max: 60 }),
        async (sort, limit) => {
          const query = sort.length > 0 ? `sort=${sort.join(',')}` : '';
          const whole = (await owner('GET', `/contacts?limit=200&${query}`)).body.data as Contact[];
          expect((await pages(query, limit)).map((c) => c.id)).toEqual(whole.map((c) => c.id));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('repeat nothing and lose nothing that was there, while rows come and go', async () => {
    const before = (await owner('GET', '/contacts?limit=200')).body.data as Contact[];
    let made = 0;
    const found = await pages('sort=-createdAt,name', 13, async () => {
      const reply = await owner('POST', '/contacts', { body: { name: `Late ${made++}` } });
      if (made % 2) await owner('DELETE', `/contacts/${reply.body.id}`);
    });
    const ids = found.map((c) => c.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(before.every((c) => ids.includes(c.id))).toBe(true);
  });

  it('refuse a cursor that was mutilated, or is of another order or list', async () => {
    const { next } = (await owner('GET', '/contacts?limit=5&sort=name')).body.page;
    const half = Buffer.from(next, 'base64url').toString();
    const other = Buffer.from(half.replace(/"([^"]*)"\]$/, '"x"]')).toString('base64url');
    for (const [path, cursor] of [
      ['/contacts?sort=name', `${next}x`],
      ['/contacts?sort=name', other],
      ['/contacts?sort=-name', next],
      ['/customers?sort=name', next],
      ['/contacts?sort=name&offset=1', next],
    ]) {
      const reply = await owner('GET', `${path}&cursor=${cursor}`);
      expect(reply.status).toBe(422);
    }
  });

  it('count exactly, or up to 10,000', async () => {
    for (const count of ['exact', 'estimated']) {
      const { page } = (await owner('GET', `/contacts?count=${count}&limit=1&type=CLIENT`)).body;
      expect(page).toMatchObject({ count: 60, countIs: 'exact' });
    }
  });
});

describe('whole lists', () => {
  it('come as CSV whose cells are no formulas', async () => {
    const name = '=HYPERLINK("http://x","y")';
    await owner('POST', '/contacts', { body: { name, company: 'CSV', phone: '+1 555', notes: 'a\nb' } });
    const reply = await owner('GET', '/contacts?company=CSV&fields=name,phone,notes,tags', {
      headers: { accept: 'text/csv' },
    });
    expect(reply.headers.get('content-type')).toContain('text/csv');
    expect(reply.text).toBe(
      `name,phone,notes,tags\r\n"'=HYPERLINK(""http://x"",""y"")",'+1 555,"a\nb",[]\r\n`,
    );
  });

  it('come as NDJSON, in batches, whole and in order', async () => {
    const rows = Array.from({ length: 2300 }, (_, i) => ({ name: `N${i}`, company: 'Lines' }));
    await owner('POST', '/contacts', { body: rows });
    const reply = await owner('GET', '/contacts?company=Lines&fields=name&sort=createdAt', {
      headers: { accept: 'application/x-ndjson' },
    });
    const lines = reply.text
      .trimEnd()
      .split('\n')
      .map((l) => JSON.parse(l).name);
    expect(lines.length).toBe(2300);
    expect(new Set(lines).size).toBe(2300);
    const few = await owner('GET', '/contacts?company=Lines&limit=1500', {
      headers: { accept: 'application/x-ndjson' },
    });
    expect(few.text.trimEnd().split('\n').length).toBe(1500);
    expect((await owner('GET', '/contacts', { headers: { accept: 'image/png' } })).status).toBe(406);
  });
});

describe('aggregates', () => {
  it('count, sum and group as the rows do', async () => {
    for (const [value, stage] of [
      ['10.50', 'LEAD'],
      ['20.25', 'LEAD'],
      ['1', 'QUALIFIED'],
    ])
      await owner('POST', '/deals', { body: { title: 'D', value, stage } });
    const reply = await owner(
      'GET',
      '/deals/aggregate?count&sum=value&avg=value&min=value,createdAt&group=stage&sort=-sum.value',
    );
    expect(reply.status, reply.text).toBe(200);
    expect(reply.body.data[0]).toMatchObject({
      stage: 'LEAD',
      count: 2,
      sum: { value: '30.75' },
      min: { value: '10.50' },
    });
    const having = await owner('GET', '/deals/aggregate?count&group=stage&having=(count.gt:1)');
    expect(having.body.data).toEqual([{ stage: 'LEAD', count: 2 }]);
    const months = await owner('GET', '/deals/aggregate?group=createdAt.month&count');
    expect(months.body.data).toEqual([
      { 'createdAt.month': expect.stringMatching(/^\d{4}-\d{2}-01$/), count: 3 },
    ]);
    for (const wrong of [
      'sum=title',
      'group=tags',
      'group=title.month',
      'having=(sum.value.gt:1)',
      'sort=value',
      'limit=0',
    ])
      expect((await owner('GET', `/deals/aggregate?${wrong}`)).status, wrong).toBe(422);
  });
});

describe('what a caller may not read', () => {
  it.each([
    '/contacts?assignee.role=OWNER',
    '/contacts?or=(assignee.role.eq:OWNER,name.eq:x)',
    '/contacts?assignee=(role.eq:OWNER)',
    '/contacts?sort=assignee.role',
    '/contacts?expand=assignee',
    '/contacts?expand=deals(assignee.role=OWNER)',
    '/contacts?organization.slug.startswith=a',
    '/contacts/aggregate?count&assignee.role=OWNER',
  ])('is told by no %s', async (path) => {
    expect((await owner('GET', path)).status).toBe(200);
    expect((await withoutOrganizations('GET', path)).status).toBe(422);
    expect((await withoutOrganizations('GET', '/organization-members')).status).toBe(403);
  });
});
