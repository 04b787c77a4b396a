import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Ask, serverFor, unexpected } from '../../../test/support/data-server.ts';
import { freshDatabase } from '../../../test/support/database.ts';
import { tenancyOn } from '../../../test/support/tenancy.ts';
import { member, tenant } from '../../../test/support/tenants.ts';
import { type Db, inTransaction } from '../../db.ts';

let owner: Ask;
let viewer: Ask;
let small: Ask;
let within: <T>(work: (ask: Ask) => Promise<T>) => Promise<T>;
let stranger: Ask;
let me: string;
let colleague: string;

beforeAll(async () => {
  const db = await freshDatabase();
  const [ours, theirs] = [await tenant(db), await tenant(db)];
  me = ours.owner;
  colleague = await member(db, ours.id);
  const tenancy = tenancyOn(db);
  const server = serverFor(tenancy);
  owner = server({ organizationId: ours.id, userId: me });
  viewer = server({ organizationId: ours.id, userId: me, role: 'VIEWER' });
  within = (work) =>
    inTransaction(
      tenancy.for({ organizationId: ours.id, userId: me, role: 'OWNER' }) as unknown as Db,
      (db) => work(server({ organizationId: ours.id, userId: me, db })),
    );
  small = server({ organizationId: ours.id, userId: me, bulkRows: 3 });
  stranger = server({ organizationId: theirs.id, userId: theirs.owner });
});

afterEach(() => expect(unexpected).toEqual([]));

const fieldsOf = (body: { errors?: { field: string }[] }) => (body.errors ?? []).map((e) => e.field);
const contact = async (body: object = {}) =>
  (await owner('POST', '/contacts', { body: { name: 'Ada', ...body } })).body;

describe('create', () => {
  it('answers 201 with the record, its address and its tag', async () => {
    const made = await owner('POST', '/contacts', {
      body: { name: 'Ada', tags: ['vip'], customFields: { tier: 'gold' } },
    });
    expect(made.status, made.text).toBe(201);
    expect(made.headers.get('location')).toBe(`/data/contacts/${made.body.id}`);
    const read = await owner('GET', `/contacts/${made.body.id}`);
    expect(read.body).toEqual(made.body);
    expect(read.headers.get('etag')).toBe(made.headers.get('etag'));
    expect(made.body).toMatchObject({
      name: 'Ada',
      tags: ['vip'],
      customFields: { tier: 'gold' },
      type: 'PROSPECT',
    });
  });

  it('tells every fault at once, by the path of the field', async () => {
    const body = {
      title: '',
      value: '-1.005',
      currency: 'usd',
      stage: 'SOLD',
      probability: 101,
      expectedCloseDate: '2026-02-30',
      tags: ['a', null],
      customFields: [],
      contactId: 'x',
      organizationId: randomUUID(),
      createdAt: '2026-01-01T00:00:00Z',
      notes: 'a\u0000b',
      lostReason: '\ud800',
      colour: 'red',
    };
    const refused = await owner('POST', '/deals', { body });
    expect(refused.status).toBe(422);
    expect(refused.body.code).toBe('BODY_INVALID');
    const expected = Object.keys(body).map((k) => (k === 'tags' ? 'tags.1' : k));
    expect(fieldsOf(refused.body).sort()).toEqual(expected.sort());
  });

  it('is once for one id: a second create with it is a conflict that names the field', async () => {
    const body = { id: randomUUID(), name: 'Once' };
    expect((await owner('POST', '/contacts', { body })).status).toBe(201);
    const again = await owner('POST', '/contacts', { body });
    expect([again.status, again.body.code, fieldsOf(again.body)]).toEqual([409, 'CONFLICT', ['id']]);
    expect((await stranger('POST', '/contacts', { body })).status).toBe(201);
  });

  it('names the rule of a table that is not met, and its fields', async () => {
    const body = { title: 'House', value: '1.00', stage: 'CLOSED_WON', status: 'ACTIVE' };
    const refused = await owner('POST', '/deals', { body });
    expect([refused.status, refused.body.code]).toEqual([422, 'CHECK_FAILED']);
    expect(fieldsOf(refused.body)).toEqual(['stage', 'status']);
    expect(refused.body.detail).toContain('won_stage');
  });

  it('names the reference that leads nowhere, also into another organization', async () => {
    const theirs = (await stranger('POST', '/contacts', { body: { name: 'Theirs' } })).body;
    for (const contactId of [randomUUID(), theirs.id]) {
      const refused = await owner('POST', '/deals', { body: { title: 'House', value: '1', contactId } });
      expect([refused.status, refused.body.code, fieldsOf(refused.body)]).toEqual([
        422,
        'INVALID_REFERENCE',
        ['contactId'],
      ]);
    }
  });

  it('fills the author with the acting person', async () => {
    const made = await owner('POST', '/activities', { body: { type: 'NOTE', title: 'Called' } });
    expect(made.body?.createdById, made.text).toBe(me);
  });

  it('of a row the writer does not see is 201 without body', async () => {
    const body = { userId: colleague, type: 'INFO', title: 'Hello', message: 'There' };
    const made = await owner('POST', '/notifications', { body });
    expect([made.status, made.text]).toEqual([201, '']);
    const own = await owner('POST', '/notifications', { body: { ...body, userId: me } });
    expect([own.status, own.body.userId]).toEqual([201, me]);
  });

  it('answers as preferred', async () => {
    const headers = { prefer: 'return=minimal' };
    const made = await owner('POST', '/contacts', { body: { name: 'Quiet' }, headers });
    expect([made.status, made.text, made.headers.get('preference-applied')]).toEqual([
      201,
      '',
      'return=minimal',
    ]);
    const strict = await owner('POST', '/contacts', {
      body: { name: 'X' },
      headers: { prefer: 'handling=strict, tx=rollback' },
    });
    expect([strict.status, strict.body.code]).toEqual([400, 'PREFERENCE_UNKNOWN']);
  });

  it.each([
    ['{"name":', 400, 'JSON_MALFORMED'],
    [new Uint8Array([0x22, 0xff, 0x22]), 400, 'BODY_NOT_UTF8'],
    ['"text"', 422, 'BODY_INVALID'],
    ['null', 422, 'BODY_INVALID'],
    [`{"name":"x","customFields":${'{"a":'.repeat(40)}1${'}'.repeat(40)}}`, 422, 'BODY_INVALID'],
    ['{"name":"x","customFields":{"n":1e999}}', 422, 'BODY_INVALID'],
    ['{"name":"x","__proto__":{"a":1}}', 422, 'BODY_INVALID'],
  ])('refuses %s', async (raw, status, code) => {
    const refused = await owner('POST', '/contacts', { raw: raw as string });
    expect([refused.status, refused.body.code]).toEqual([status, code]);
  });

  it('reads JSON only', async () => {
    const refused = await owner('POST', '/contacts', {
      raw: 'name=x',
      headers: { 'content-type': 'text/plain' },
    });
    expect([refused.status, refused.body.code]).toEqual([415, 'MEDIA_TYPE_UNSUPPORTED']);
  });

  it('is not for viewers, and not where no policy allows it', async () => {
    expect((await viewer('POST', '/contacts', { body: { name: 'x' } })).status).toBe(403);
    const closed = await owner('POST', '/subscriptions', { body: {} });
    expect([closed.status, closed.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });
});

describe('many rows', () => {
  it('are created in one transaction, in their order, from an array or NDJSON', async () => {
    const rows = Array.from({ length: 2500 }, (_, i) => ({
      name: `Bulk ${i}`,
      ...(i % 7 ? {} : { company: 'Seventh' }),
    }));
    const prefer = { prefer: 'return=representation' };
    const made = await owner('POST', '/contacts?fields=name', { body: rows, headers: prefer });
    expect(made.status, made.text.slice(0, 500)).toBe(201);
    expect(made.body.data).toEqual(rows.map(({ name }) => ({ name })));
    const raw = '{"name":"Line 1"}\n\n{"name":"Line 2"}\n';
    const lines = await owner('POST', '/contacts', {
      raw,
      headers: { 'content-type': 'application/x-ndjson' },
    });
    expect([lines.status, lines.body]).toEqual([201, { count: 2 }]);
  });

  it('are all refused for one, whose number is told', async () => {
    const taken = randomUUID();
    await contact({ id: taken });
    const rows = Array.from({ length: 40 }, (_, i) => ({
      name: 'Atom',
      ...(i === 23 ? { id: taken } : { id: randomUUID() }),
    }));
    const refused = await owner('POST', '/contacts', { body: rows });
    expect([refused.status, fieldsOf(refused.body)]).toEqual([409, ['23.id']]);
    const invalid = await owner('POST', '/contacts', {
      body: [{ name: 'Atom' }, { name: '' }, { nam: 'x' }],
    });
    expect([invalid.status, fieldsOf(invalid.body)]).toEqual([422, ['1.name', '2.nam', '2.name']]);
    expect((await owner('GET', '/contacts?name=Atom&count=exact')).body.page.count).toBe(0);
  });

  it('are at most as many as the plan allows', async () => {
    const refused = await small('POST', '/contacts', { body: [1, 2, 3, 4].map((i) => ({ name: `${i}` })) });
    expect([refused.status, refused.body.code]).toEqual([403, 'TOO_MANY_ROWS']);
  });

  it('are merged with or kept from those that have the same key', async () => {
    const path = '/analytics-goals?on_conflict=name';
    const goal = { name: 'Signed up', type: 'page_view', conditions: {} };
    const first = await owner('POST', path, {
      body: goal,
      headers: { prefer: 'resolution=merge-duplicates' },
    });
    if (first.status === 422) throw new Error(first.text);
    expect(first.status).toBe(201);
    const merged = await owner('POST', path, {
      body: { ...goal, type: 'click' },
      headers: { prefer: 'resolution=merge-duplicates' },
    });
    expect([merged.status, merged.body.type, merged.body.id]).toEqual([200, 'click', first.body.id]);
    const kept = await owner('POST', path, {
      body: { ...goal, type: 'other' },
      headers: { prefer: 'resolution=ignore-duplicates' },
    });
    expect(kept.status).toBe(204);
    expect((await owner('GET', `/analytics-goals/${first.body.id}`)).body.type).toBe('click');
    const unknown = await owner('POST', '/analytics-goals?on_conflict=type', {
      body: goal,
      headers: { prefer: 'resolution=merge-duplicates' },
    });
    expect(unknown.status).toBe(422);
  });
});

describe('change', () => {
  it('wants the tag, and refuses a stale one', async () => {
    const made = await owner('POST', '/contacts', { body: { name: 'Ada' } });
    const path = `/contacts/${made.body.id}`;
    const tag = made.headers.get('etag')!;
    expect((await owner('PATCH', path, { body: { name: 'Grace' } })).status).toBe(428);
    const changed = await owner('PATCH', path, {
      body: { name: 'Grace', email: null },
      headers: { 'if-match': tag },
    });
    expect([changed.status, changed.body.name]).toEqual([200, 'Grace']);
    expect(changed.body.updatedAt > made.body.updatedAt).toBe(true);
    const stale = await owner('PATCH', path, { body: { name: 'Late' }, headers: { 'if-match': tag } });
    expect([stale.status, stale.body.code]).toEqual([412, 'STALE']);
    const removed = await owner('DELETE', path, { headers: { 'if-match': tag } });
    expect(removed.status).toBe(412);
    const any = await owner('PATCH', path, { body: { name: 'Any' }, headers: { 'if-match': '*' } });
    expect(any.status).toBe(200);
    const odd = await owner('PATCH', path, { body: { name: 'Any' }, headers: { 'if-match': 'abc' } });
    expect(odd.status).toBe(400);
    expect(
      (await stranger('PATCH', path, { body: { name: 'Theirs' }, headers: { 'if-match': '*' } })).status,
    ).toBe(404);
    expect((await stranger('DELETE', path)).status).toBe(404);
    expect((await owner('DELETE', path)).status).toBe(204);
    expect((await owner('DELETE', path)).status).toBe(404);
  });

  it('by ten at once with one tag is done once', async () => {
    const made = await owner('POST', '/contacts', { body: { name: 'Race' } });
    const options = { headers: { 'if-match': made.headers.get('etag')! } };
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        owner('PATCH', `/contacts/${made.body.id}`, { body: { name: `R${i}` }, ...options }),
      ),
    );
    expect(replies.map((r) => r.status).sort()).toEqual([200, ...Array(9).fill(412)]);
  });

  it('leaves what names a record, and what only the database writes', async () => {
    const { id } = await contact();
    const body = { id: randomUUID(), organizationId: randomUUID(), updatedAt: '2026-01-01T00:00:00Z' };
    const refused = await owner('PATCH', `/contacts/${id}`, { body, headers: { 'if-match': '*' } });
    expect([refused.status, fieldsOf(refused.body)]).toEqual([422, Object.keys(body)]);
  });

  it('of many rows keeps to the conditions and the bound', async () => {
    for (const name of ['M1', 'M2', 'M3']) await contact({ name, company: 'Many' });
    const body = { notes: 'seen' };
    expect((await owner('PATCH', '/contacts', { body })).status).toBe(422);
    const headers = { prefer: 'max-affected=2' };
    const refused = await owner('PATCH', '/contacts?company=Many', { body, headers });
    expect([refused.status, refused.body.code]).toEqual([422, 'TOO_MANY_AFFECTED']);
    expect((await owner('GET', '/contacts?notes=seen&count=exact')).body.page.count).toBe(0);
    expect((await owner('PATCH', '/contacts?company=Many', { body })).body).toEqual({ count: 3 });
    expect((await viewer('DELETE', '/contacts?company=Many')).status).toBe(403);
    expect((await owner('DELETE', '/contacts?company=Many')).body).toEqual({ count: 3 });
  });

  it('of a record that others refer to is a conflict that names them', async () => {
    const { id } = await contact();
    await owner('POST', '/deals', { body: { title: 'House', value: '1', contactId: id } });
    const refused = await owner('DELETE', `/contacts/${id}`);
    expect([refused.status, refused.body.code]).toEqual([409, 'IN_USE']);
    expect(refused.body.detail).toContain('deals');
  });
});

describe('within the transaction of a request', () => {
  it('writes are parts of it: a refused one leaves the rest, and all go with it', async () => {
    const names = ['T1', 'T2'];
    await within(async (ask) => {
      expect((await ask('POST', '/contacts', { body: { name: 'T1' } })).status).toBe(201);
      const id = (await ask('POST', '/contacts', { body: { name: 'T2' } })).body.id;
      const rows = [{ name: 'T3' }, { name: 'T4', id }];
      expect((await ask('POST', '/contacts', { body: rows })).status).toBe(409);
      const changed = await ask('PATCH', `/contacts/${id}`, {
        body: { notes: 'n' },
        headers: { 'if-match': '*' },
      });
      expect(changed.status).toBe(200);
    });
    const found = await owner('GET', '/contacts?name.in=T1,T2,T3,T4&sort=name&fields=name,notes');
    expect(found.body.data.map((c: { name: string }) => c.name)).toEqual(names);
    expect(found.body.data[1].notes).toBe('n');
    const failed = within(async (ask) => {
      await ask('POST', '/contacts', { body: { name: 'T5' } });
      throw new Error('the answer could not be kept');
    });
    await expect(failed).rejects.toThrow();
    expect((await owner('GET', '/contacts?name=T5&count=exact')).body.page.count).toBe(0);
  });
});
