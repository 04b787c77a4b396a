import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { appOn, type TestApp } from '../../../test/support/app.ts';
import type { TestDatabase } from '../../../test/support/database.ts';
import { demoDatabase } from '../../../test/support/demo-database.ts';
import { seedSignIns } from '../../auth/index.ts';
import { demoPeople } from '../../modules/organizations/index.ts';

let db: TestDatabase;
let server: TestApp;
let owner: Record<string, string>;
let other: Record<string, string>;
const ORG = '/v1/orgs/quillmarsh-realty';
const THEIRS = '/v1/orgs/oddfern-properties';

beforeAll(async () => {
  ({ db } = await demoDatabase());
  await seedSignIns(db.platform, demoPeople());
  server = await appOn(db);
  owner = await server.signIn('ottoline@quillmarsh.example');
  const { rows } = await db.platform.query<{ email: string }>(
    `SELECT p.email FROM organization_members AS m JOIN users AS p ON p.id = m.user_id
     JOIN organizations AS o ON o.id = m.organization_id WHERE o.slug = 'oddfern-properties' AND m.role = 'OWNER'`,
  );
  other = await server.signIn(rows[0]!.email);
});

const send = (key: string, path: string, body: unknown, who = owner) =>
  server.ask('POST', path, { headers: { ...who, 'idempotency-key': key }, body });
const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code;
const countOf = async (name: string, org = ORG, who = owner) => {
  const answer = await server.ask('GET', `${org}/data/contacts?name=${name}&count=exact`, { headers: who });
  return ((await answer.json()) as { page: { count: number } }).page.count;
};

describe('a write with an idempotency key', () => {
  it('is answered the second time as the first time, headers too', async () => {
    const first = await send('twice', `${ORG}/data/contacts`, { name: 'Twice' });
    const second = await send('twice', `${ORG}/data/contacts`, { name: 'Twice' });
    expect(second.status).toBe(201);
    expect(await second.text()).toBe(await first.text());
    for (const name of ['etag', 'location', 'content-type'])
      expect(second.headers.get(name)).toBe(first.headers.get(name));
    expect([first, second].map((a) => a.headers.get('idempotent-replayed'))).toEqual([null, 'true']);
    expect(await countOf('Twice')).toBe(1);
  });

  it('that was refused may be corrected under the same key', async () => {
    expect((await send('mended', `${ORG}/data/contacts`, { name: 7 })).status).toBe(422);
    expect((await send('mended', `${ORG}/data/contacts`, { name: 'Mended' })).status).toBe(201);
    expect(await countOf('Mended')).toBe(1);
  });

  it('with another body, address or query under the key is refused', async () => {
    await send('reused', `${ORG}/data/contacts`, { name: 'Reused' });
    for (const [path, name] of [
      ['data/contacts', 'Else'],
      ['data/leads', 'Reused'],
      ['data/contacts?x=1', 'Reused'],
    ]) {
      const answer = await send('reused', `${ORG}/${path}`, { name });
      expect([answer.status, await codeOf(answer)]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    }
  });

  it('of another person, here or in another organization, has nothing to do with it', async () => {
    await send('mine', `${ORG}/data/contacts`, { name: 'Mine' });
    const answer = await send('mine', `${THEIRS}/data/contacts`, { name: 'Theirs' }, other);
    expect([answer.status, answer.headers.get('idempotent-replayed')]).toEqual([201, null]);
    expect(await countOf('Theirs', THEIRS, other)).toBe(1);
  });

  it('to an address that is none stays a 404 and keeps nothing', async () => {
    for (let i = 0; i < 2; i += 1) {
      expect((await send('nowhere', `${ORG}/data/contacts/a/b/c`, { name: 'x' })).status).toBe(404);
      expect((await send('nowhere-2', `${ORG}/nowhere`, { name: 'x' })).status).toBe(404);
    }
    const { rows } = await db.superuser.query(
      `SELECT FROM server.idempotency_keys WHERE key LIKE 'nowhere%'`,
    );
    expect(rows).toEqual([]);
  });

  it('of many rows is done once, and twice at once is once', async () => {
    const rows = Array.from({ length: 50 }, () => ({ name: 'Bulk' }));
    const answers = await Promise.all([1, 2, 3].map(() => send('bulk', `${ORG}/data/contacts`, rows)));
    expect(answers.map((a) => a.status)).toEqual([201, 201, 201]);
    expect(await countOf('Bulk')).toBe(50);
  });

  it('never keeps a secret: the key made is not in the database, and a repetition is a 204', async () => {
    const body = { name: 'kept?', scopes: ['crm:read'] };
    const first = await send('secret', `${ORG}/keys`, body);
    const { secret } = (await first.json()) as { secret: string };
    const second = await send('secret', `${ORG}/keys`, body);
    expect([
      second.status,
      second.headers.get('idempotent-replayed'),
      second.headers.get('content-type'),
    ]).toEqual([204, 'true', null]);
    const { rows } = await db.superuser.query('SELECT body FROM server.idempotency_keys WHERE body LIKE $1', [
      `%${secret}%`,
    ]);
    expect(rows).toEqual([]);
    const keys = await (await server.ask('GET', `${ORG}/keys`, { headers: owner })).json();
    expect((keys as { data: { name: string }[] }).data.filter((k) => k.name === 'kept?')).toHaveLength(1);
  });

  it('sends its letter when it has committed, once', async () => {
    const letters = () =>
      server.parts.mailbox!.list().filter((m) => m.to.includes('once@letters.example')).length;
    const body = { email: 'once@letters.example', role: 'VIEWER' };
    await Promise.all([
      send('letter', `${ORG}/invitations`, body),
      send('letter', `${ORG}/invitations`, body),
    ]);
    await server.parts.auth.settled();
    expect(letters()).toBe(1);
  });

  it('waits some seconds for the first and is then told that it is at work', async () => {
    const me = (await (await server.ask('GET', '/v1/me', { headers: owner })).json()) as {
      userId: string;
      organizations: { id: string }[];
    };
    const first = new pg.Client({ connectionString: db.urls.superuser });
    await first.connect();
    try {
      await first.query('BEGIN');
      await first.query(
        `INSERT INTO server.idempotency_keys (organization_id, principal, key, request_sha256) VALUES ($1, $2, 'slow', $3)`,
        [me.organizations[0]!.id, me.userId, Buffer.alloc(32)],
      );
      const answer = await send('slow', `${ORG}/data/contacts`, { name: 'Slow' });
      expect([answer.status, await codeOf(answer)]).toEqual([409, 'IDEMPOTENCY_KEY_IN_USE']);
      await first.query('ROLLBACK');
    } finally {
      await first.end();
    }
    expect((await send('slow', `${ORG}/data/contacts`, { name: 'Slow' })).status).toBe(201);
    expect(await countOf('Slow')).toBe(1);
  });

  it('makes one organization, and another person gets the refusal', async () => {
    const body = { name: 'Made Once Estates' };
    const [first, second] = [
      await send('org', '/v1/organizations', body),
      await send('org', '/v1/organizations', body),
    ];
    expect([first.status, second.status, second.headers.get('idempotent-replayed')]).toEqual([
      201,
      201,
      'true',
    ]);
    expect(await second.json()).toEqual(await first.json());
    expect((await send('org', '/v1/organizations', body, other)).status).toBe(409);
    expect((await server.ask('POST', '/v1/organizations', { headers: owner, body })).status).toBe(409);
  });
});
