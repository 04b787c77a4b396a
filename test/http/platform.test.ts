import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seedSignIns } from '../../src/auth/index.ts';
import { demoPeople } from '../../src/modules/organizations/index.ts';
import { readGenerated } from '../../src/tenancy/index.ts';
import { appOn, type TestApp } from '../support/app.ts';
import type { TestDatabase } from '../support/database.ts';
import { demoDatabase } from '../support/demo-database.ts';
import { root } from '../support/server.ts';

const { models } = readGenerated(root).boundary;
const declared = models.filter((m) => !m.implicit);
const REASON = { 'x-reason': 'asked for by the customer' };
type Headers = Record<string, string>;
type Log = { action: string; target_type: string; target_id: string; success: boolean; description: string };

let server: TestApp;
let db: TestDatabase;
let ids: { ours: string; theirs: string; publisher: string };
const session = {} as Record<'root' | 'admin' | 'moderator' | 'owner', Headers>;
const idOf = {} as Record<'root' | 'admin' | 'moderator' | 'owner', string>;

beforeAll(async () => {
  const demo = await demoDatabase();
  db = demo.db;
  ids = demo;
  const people = demoPeople();
  await seedSignIns(db.platform, people);
  server = await appOn(db);
  const { rows } = await db.platform.query(
    `SELECT p.id, p.email FROM users AS p JOIN organization_members AS m ON m.user_id = p.id
     WHERE m.organization_id = $1 AND m.role <> 'OWNER' AND p.email = ANY ($2) ORDER BY p.email LIMIT 3`,
    [ids.theirs, people.map((p) => p.email)],
  );
  const roles = { root: 'SUPER_ADMIN', admin: 'ADMIN', moderator: 'MODERATOR' } as const;
  await db.platform.query("UPDATE users SET role = 'EMPLOYEE'");
  for (const [i, name] of (['root', 'admin', 'moderator'] as const).entries()) {
    await db.platform.query('UPDATE users SET role = $2 WHERE id = $1', [rows[i].id, roles[name]]);
    session[name] = await server.signIn(rows[i].email);
    idOf[name] = rows[i].id;
  }
  session.owner = await server.signIn('ottoline@quillmarsh.example');
  const owner = await db.platform.query("SELECT id FROM users WHERE email = 'ottoline@quillmarsh.example'");
  idOf.owner = owner.rows[0].id;
});
beforeEach(() => server.parts.auth.forget());

// biome-ignore lint/suspicious/noExplicitAny: tests read answers as a client would
type Reply = { status: number; body: any };
async function ask(
  who: Headers,
  method: string,
  path: string,
  body?: unknown,
  more: Headers = {},
): Promise<Reply> {
  const headers = { ...who, ...more };
  const answer = await server.ask(method, `/v1/platform${path}`, {
    headers,
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
}

const logs = async (): Promise<Log[]> =>
  (await db.platform.query('SELECT * FROM admin_action_logs ORDER BY created_at, id')).rows;
/** What the work wrote into the audit log. */
async function logged<T>(work: () => Promise<T>): Promise<[T, Log[]]> {
  const before = new Set((await logs()).map((l) => (l as unknown as { id: string }).id));
  const result = await work();
  return [result, (await logs()).filter((l) => !before.has((l as unknown as { id: string }).id))];
}

describe('the door of the platform', () => {
  const addresses = [
    '/organizations',
    '/organizations/00000000-0000-4000-8000-000000000000',
    '/nowhere',
    '/data/contacts',
    '/data/nothing',
    '',
  ];

  it('is the same closed door for everybody else, whatever is behind it', async () => {
    const made = await server.ask('POST', '/v1/orgs/quillmarsh-realty/keys', {
      headers: session.owner,
      body: { name: 'reader', scopes: ['crm:read'] },
    });
    const key = { authorization: `Bearer ${((await made.json()) as { secret: string }).secret}` };
    const [, entries] = await logged(async () => {
      for (const path of addresses) {
        const answers = await Promise.all([
          ask({}, 'GET', path),
          ask(session.owner, 'GET', path, undefined, REASON),
          ask(key, 'GET', path),
          ask(session.owner, 'POST', path, { name: 'x' }),
        ]);
        expect(answers.map((a) => [a.status, a.body.code])).toEqual([
          [401, 'SIGN_IN_REQUIRED'],
          [403, 'STAFF_ONLY'],
          [403, 'STAFF_ONLY'],
          [403, 'STAFF_ONLY'],
        ]);
      }
    });
    expect(entries).toEqual([]);
  });

  it('is closed for a key that staff made', async () => {
    await db.platform.query('UPDATE users SET role = $2 WHERE id = $1', [idOf.owner, 'SUPER_ADMIN']);
    server.parts.auth.forget();
    const made = await server.ask('POST', '/v1/orgs/quillmarsh-realty/keys', {
      headers: session.owner,
      body: { name: 'reader', scopes: ['crm:read'] },
    });
    const { secret } = (await made.json()) as { secret: string };
    expect((await ask({ authorization: `Bearer ${secret}` }, 'GET', '/organizations')).status).toBe(403);
    await db.platform.query('UPDATE users SET role = $2 WHERE id = $1', [idOf.owner, 'EMPLOYEE']);
  });

  it('refuses a role that was taken away a moment ago, and a role that is too low, and logs it', async () => {
    expect((await ask(session.admin, 'GET', '/organizations')).status).toBe(200);
    await db.platform.query('UPDATE users SET role = $2 WHERE id = $1', [idOf.admin, 'EMPLOYEE']);
    const [late, entries] = await logged(() => ask(session.admin, 'GET', '/organizations'));
    expect([late.status, entries]).toMatchObject([403, [{ action: 'PLATFORM_READ', success: false }]]);
    await db.platform.query('UPDATE users SET role = $2 WHERE id = $1', [idOf.admin, 'ADMIN']);
    const [low, more] = await logged(() => ask(session.moderator, 'GET', `/people/${idOf.owner}`));
    expect([low.status, more]).toMatchObject([403, [{ action: 'USER_READ', success: false }]]);
  });

  it('takes no idempotency key rather than ignore it', async () => {
    const answer = await ask(
      session.root,
      'POST',
      '/data/system-alerts',
      {},
      { ...REASON, 'idempotency-key': 'a' },
    );
    expect([answer.status, answer.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_NOT_TAKEN']);
  });
});

describe('organizations', () => {
  it('are found by a part of their name, page after page, and the look is logged', async () => {
    const [found, entries] = await logged(() => ask(session.moderator, 'GET', '/organizations?search=QUILL'));
    expect(found.body.data).toMatchObject([{ slug: 'quillmarsh-realty', tier: 'ELITE' }]);
    expect(entries).toMatchObject([{ action: 'PLATFORM_READ', target_id: '*', success: true }]);
    expect((await ask(session.root, 'GET', '/organizations?search=%25')).body.data).toEqual([]);
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const page = await ask(session.root, 'GET', `/organizations?limit=1${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.body.data.map((o: { id: string }) => o.id));
      if (!page.body.next) break;
      cursor = page.body.next;
    }
    expect(new Set(seen)).toEqual(new Set(Object.values({ a: ids.ours, b: ids.theirs, c: ids.publisher })));
    expect(seen).toHaveLength(3);
  });

  it('are looked into with a reason only, which stands in the log', async () => {
    const path = `/organizations/${ids.theirs}`;
    const [without, none] = await logged(() => ask(session.moderator, 'GET', path));
    expect([without.status, without.body.code, none]).toEqual([422, 'REASON_MISSING', []]);
    const why = { 'x-reason': encodeURIComponent('Anruf von Frau Müller, 100 %') };
    const [one, entries] = await logged(() => ask(session.moderator, 'GET', path, undefined, why));
    expect(one.body).toMatchObject({ organization: { slug: 'quillmarsh-realty' }, plan: { tier: 'ELITE' } });
    const staying = one.body.members.filter((m: { leftAt: unknown }) => m.leftAt === null);
    expect(staying.length).toBe(one.body.usage.seats);
    expect(entries).toMatchObject([
      { action: 'ORG_READ', target_id: ids.theirs, description: 'Anruf von Frau Müller, 100 %' },
    ]);
    const missing = await ask(session.root, 'GET', `/organizations/${idOf.root}`, undefined, REASON);
    expect([missing.status, missing.body.code]).toEqual([404, 'ORGANIZATION_MISSING']);
  });

  it('are suspended and restored at once, with one row each in the log', async () => {
    const enter = async () =>
      (await server.ask('GET', '/v1/orgs/quillmarsh-realty', { headers: session.owner })).status;
    expect(await enter()).toBe(200);
    const path = `/organizations/${ids.theirs}`;
    const [answers, entries] = await logged(async () => [
      await ask(session.admin, 'POST', `${path}/suspend`, { reason: 'unpaid' }),
      await ask(session.admin, 'POST', `${path}/suspend`, { reason: 'unpaid' }),
    ]);
    expect(answers.map((a) => a.status)).toEqual([200, 200]);
    expect(answers[1]!.body.before).toBe(answers[0]!.body.after);
    expect(entries).toMatchObject(Array(2).fill({ action: 'ORG_SUSPEND', success: true }));
    expect(await enter()).toBe(404);
    expect((await ask(session.admin, 'POST', `${path}/restore`, undefined, REASON)).status).toBe(200);
    expect(await enter()).toBe(200);
    const own = await ask(session.root, 'POST', `/organizations/${ids.publisher}/suspend`, undefined, REASON);
    expect([own.status, own.body.code]).toEqual([409, 'ORGANIZATION_OF_PLATFORM']);
  });

  it('get another plan, which holds for the next request', async () => {
    const path = `/organizations/${ids.ours}/subscription`;
    const period = { currentPeriodStart: '2026-01-01T00:00:00Z', currentPeriodEnd: '2099-01-01T00:00:00Z' };
    const custom = {
      tier: 'CUSTOM',
      status: 'ACTIVE',
      ...period,
      limits: { seats: 7, contacts: null, features: { leadScoring: false } },
    };
    const [answer, entries] = await logged(() =>
      ask(session.admin, 'PUT', path, { ...custom, reason: 'agreed' }),
    );
    expect(answer).toMatchObject({
      status: 200,
      body: {
        plan: {
          tier: 'CUSTOM',
          limits: { seats: 7, contacts: null, apiKeys: 10, features: { leadScoring: false } },
        },
      },
    });
    expect(entries).toMatchObject([{ metadata: { reason: 'agreed', after: { tier: 'CUSTOM' } } }]);
    for (const wrong of [
      { ...custom, tier: 'GROWTH' },
      { ...custom, limits: { seats: -1 } },
      { ...custom, limits: { seats: 1, webhooks: true } },
      { ...custom, limits: { requestsPerMinute: null } },
      { ...custom, currentPeriodEnd: '2025-01-01T00:00:00Z' },
      { ...custom, currentPeriodStart: '2020-01-01T00:00:00Z', currentPeriodEnd: '2021-01-01T00:00:00Z' },
      { ...custom, tier: 'GOLD' },
    ]) {
      const refused = await ask(session.admin, 'PUT', path, { ...wrong, reason: 'x' });
      expect([wrong, refused.status]).toEqual([wrong, 422]);
    }
  });
});

describe('people', () => {
  it('are found by e-mail in any case, and by id', async () => {
    const [found, entries] = await logged(() =>
      ask(session.admin, 'GET', '/people?email=Ottoline@Quillmarsh.example'),
    );
    expect(found.body.data).toMatchObject([
      { id: idOf.owner, organizations: [{ slug: 'quillmarsh-realty' }] },
    ]);
    expect(entries).toMatchObject([{ action: 'USER_READ' }]);
    expect((await ask(session.admin, 'GET', '/people?email=no@body.example')).body).toEqual({ data: [] });
    expect((await ask(session.admin, 'GET', `/people/${ids.ours}`)).status).toBe(404);
  });

  it('lose their sessions with their account, and sign in anew when it is back', async () => {
    const email = 'ottoline@quillmarsh.example';
    const gone = await ask(session.admin, 'POST', `/people/${idOf.owner}/deactivate`, {
      reason: 'stolen laptop',
    });
    expect(gone.body).toMatchObject({ isActive: false, sessions: 0 });
    expect((await server.ask('GET', '/v1/me', { headers: session.owner })).status).toBe(401);
    await expect(server.signIn(email)).rejects.toThrow();
    await ask(session.admin, 'POST', `/people/${idOf.owner}/reactivate`, { reason: 'found it' });
    expect((await server.ask('GET', '/v1/me', { headers: session.owner })).status).toBe(401);
    session.owner = await server.signIn(email);
  });

  it('are neither oneself nor, for an admin, staff', async () => {
    const self = await ask(session.admin, 'POST', `/people/${idOf.admin}/deactivate`, undefined, REASON);
    const above = await ask(session.admin, 'POST', `/people/${idOf.root}/deactivate`, undefined, REASON);
    expect([self.body.code, above.body.code]).toEqual(['OWN_ACCOUNT', 'STAFF_ABOVE']);
  });

  it('get a role on the platform from a SUPER_ADMIN alone, who keeps their own', async () => {
    const path = `/people/${idOf.owner}/role`;
    const low = await ask(session.admin, 'PUT', path, { role: 'ADMIN', reason: 'x' });
    expect([low.status, low.body.code]).toEqual([403, 'STAFF_ONLY']);
    const own = await ask(session.root, 'PUT', `/people/${idOf.root}/role`, { role: 'ADMIN', reason: 'x' });
    expect([own.status, own.body.code]).toEqual([409, 'OWN_ACCOUNT']);
    const [given, entries] = await logged(() =>
      ask(session.root, 'PUT', path, { role: 'MODERATOR', reason: 'new colleague' }),
    );
    expect(given.body.role).toBe('MODERATOR');
    expect(entries).toMatchObject([
      { metadata: { before: { role: 'EMPLOYEE' }, after: { role: 'MODERATOR' } } },
    ]);
    expect((await ask(session.owner, 'GET', '/organizations')).status).toBe(200);
    await ask(session.root, 'PUT', path, { role: 'EMPLOYEE', reason: 'mistake' });
    expect((await ask(session.owner, 'GET', '/organizations')).status).toBe(403);
  });

  it('of two who take the role from each other at once, one stays', async () => {
    await ask(session.root, 'PUT', `/people/${idOf.admin}/role`, { role: 'SUPER_ADMIN', reason: 'test' });
    await Promise.all([
      ask(session.root, 'PUT', `/people/${idOf.admin}/role`, { role: 'ADMIN', reason: 'race' }),
      ask(session.admin, 'PUT', `/people/${idOf.root}/role`, { role: 'ADMIN', reason: 'race' }),
    ]);
    const { rows } = await db.platform.query("SELECT id FROM users WHERE role = 'SUPER_ADMIN'");
    expect(rows).toHaveLength(1);
    await db.platform.query("UPDATE users SET role = 'SUPER_ADMIN' WHERE id = $1", [idOf.root]);
    await db.platform.query("UPDATE users SET role = 'ADMIN' WHERE id = $1", [idOf.admin]);
  });
});

describe('the data of all tenants', () => {
  it('has every model of the boundary, listed for an admin with a row in the log', async () => {
    expect(declared.length).toBe(64);
    const [answers, entries] = await logged(async () => {
      const found: [string, number][] = [];
      for (const { table } of declared) {
        const collection = table.replaceAll('_', '-');
        const { status } = await ask(session.admin, 'GET', `/data/${collection}?limit=2`, undefined, REASON);
        found.push([collection, status]);
      }
      return found;
    });
    expect(answers.filter(([, status]) => status !== 200)).toEqual([]);
    expect(entries.filter((e) => e.success && e.action === 'DATA_READ')).toHaveLength(64);
  });

  it('is not for moderators, and shows rows of tenants for a reason only', async () => {
    expect((await ask(session.moderator, 'GET', '/data/feature-flags')).status).toBe(403);
    expect((await ask(session.admin, 'GET', '/data/feature-flags')).status).toBe(200);
    const without = await ask(session.admin, 'GET', '/data/contacts');
    expect([without.status, without.body.code]).toEqual([422, 'REASON_MISSING']);
    const all = await ask(session.admin, 'GET', '/data/contacts?limit=200&count=exact', undefined, REASON);
    expect(new Set(all.body.data.map((c: { organizationId: string }) => c.organizationId)).size).toBe(2);
    const filtered = await ask(
      session.admin,
      'GET',
      `/data/contacts?organizationId=${ids.ours}`,
      undefined,
      REASON,
    );
    expect(new Set(filtered.body.data.map((c: { organizationId: string }) => c.organizationId))).toEqual(
      new Set([ids.ours]),
    );
  });

  it('leaves as a whole with a SUPER_ADMIN only, after the log has it', async () => {
    const csv = { ...REASON, accept: 'text/csv' };
    const low = await server.ask('GET', '/v1/platform/data/contacts', {
      headers: { ...session.admin, ...csv },
    });
    expect(low.status).toBe(403);
    const [whole, entries] = await logged(async () => {
      const answer = await server.ask('GET', '/v1/platform/data/contacts', {
        headers: { ...session.root, ...csv },
      });
      return [answer.status, (await answer.text()).split('\n').length] as const;
    });
    expect(whole[0]).toBe(200);
    expect(whole[1]).toBeGreaterThan(10);
    expect(entries).toMatchObject([{ action: 'DATA_EXPORT', target_type: 'contacts' }]);
  });

  it('is written where it is the platform’s own, and nowhere else', async () => {
    const { status, body } = await ask(
      session.root,
      'POST',
      '/data/contacts',
      { name: 'No', organizationId: ids.ours },
      REASON,
    );
    expect([status, body.code]).toEqual([405, 'METHOD_NOT_ALLOWED']);
    const audit = await ask(session.root, 'DELETE', '/data/admin-action-logs?id=is.null', undefined, REASON);
    expect(audit.status).toBe(405);
  });

  it('makes, changes and removes a flag of whoever does it, each with its row in the log', async () => {
    const bad = { name: 'new-map', conditions: { min_version: 'soon' } };
    const [refused, failed] = await logged(() =>
      ask(session.admin, 'POST', '/data/feature-flags', bad, REASON),
    );
    expect([refused.status, refused.body.code]).toEqual([422, 'CONDITION_INVALID']);
    expect(failed).toMatchObject([{ action: 'FEATURE_FLAG_UPDATE', success: false }]);
    const nobody = { name: 'new-map', targetOrgs: [idOf.root] };
    expect((await ask(session.admin, 'POST', '/data/feature-flags', nobody, REASON)).body.code).toBe(
      'TARGET_UNKNOWN',
    );
    const good = { name: 'new-map', conditions: { min_version: '2.1' }, targetOrgs: [ids.ours] };
    const [made, entries] = await logged(() =>
      ask(session.admin, 'POST', '/data/feature-flags', good, REASON),
    );
    expect(made).toMatchObject({ status: 201, body: { createdById: idOf.admin, isEnabled: false } });
    const flag = made.body.id;
    expect(entries).toMatchObject([{ target_type: 'feature-flags', target_id: flag, success: true }]);
    const on = await ask(
      session.admin,
      'PATCH',
      `/data/feature-flags/${flag}`,
      { isEnabled: true },
      { ...REASON, 'if-match': '*' },
    );
    expect([on.status, on.body.isEnabled]).toEqual([200, true]);
    const twice = await ask(session.admin, 'POST', '/data/feature-flags', good, REASON);
    expect(twice.status).toBe(409);
    expect(
      (await ask(session.admin, 'DELETE', `/data/feature-flags/${flag}`, undefined, REASON)).status,
    ).toBe(204);
  });

  it('makes an alert that readers see until it is archived', async () => {
    const seen = async () => {
      const { rows } = await db.app({ organization: ids.theirs, user: idOf.owner, role: 'OWNER' }, (client) =>
        client.query('SELECT title FROM app.my_system_alerts()'),
      );
      return rows.filter((r) => r.title === 'Maintenance on Sunday').length;
    };
    const alert = {
      title: 'Maintenance on Sunday',
      message: 'From 2 to 3.',
      category: 'MAINTENANCE',
      isGlobal: true,
    };
    const made = await ask(session.admin, 'POST', '/data/system-alerts', alert, REASON);
    expect([made.status, await seen()]).toEqual([201, 1]);
    const archived = await ask(
      session.admin,
      'PATCH',
      `/data/system-alerts/${made.body.id}`,
      { isArchived: true },
      { ...REASON, 'if-match': '*' },
    );
    expect([archived.status, archived.body.isActive, await seen()]).toEqual([200, false, 0]);
  });
});

describe('the document', () => {
  it('has the paths of the platform, for a session, with references that lead somewhere', async () => {
    const document = (await (await server.ask('GET', '/openapi.json')).json()) as {
      paths: Record<string, Record<string, { tags: string[]; security: object[]; operationId: string }>>;
      components: Record<string, Record<string, unknown>>;
    };
    const paths = Object.keys(document.paths).filter((p) => p.startsWith('/v1/platform'));
    expect(paths).toContain('/v1/platform/data/{collection}/{id}');
    expect(paths).toContain('/v1/platform/data/feature-flags/{id}');
    const operations = Object.values(document.paths).flatMap((item) =>
      Object.entries(item).flatMap(([method, o]) => (method === 'parameters' ? [] : [o])),
    );
    const names = operations.map((o) => o.operationId);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    const own = operations.filter((o) => o.tags?.includes('platform'));
    expect(own.length).toBeGreaterThan(30);
    for (const operation of own) expect(operation.security).toEqual([{ session: [] }]);
    for (const [, ref] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const found = ref!
        .split('/')
        .reduce((at: unknown, part) => (at as Record<string, unknown>)?.[part], document);
      expect([ref, found]).toEqual([ref, expect.anything()]);
    }
  });
});
