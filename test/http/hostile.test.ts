import { beforeAll, describe, expect, it } from 'vitest';
import { seedSignIns } from '../../src/auth/index.ts';
import { demoPeople } from '../../src/modules/organizations/index.ts';
import { type AskOptions, appOn, BASE, type TestApp } from '../support/app.ts';
import { demoDatabase } from '../support/demo-database.ts';

let server: TestApp;
let owner: Record<string, string>;
const ORG = '/v1/orgs/quillmarsh-realty';
const DEEP = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;

beforeAll(async () => {
  const { db } = await demoDatabase();
  await seedSignIns(db.platform, demoPeople());
  server = await appOn(db);
  owner = await server.signIn('ottoline@quillmarsh.example');
});

/** Asks as the owner; checks what every refusal has, and gives status and code. */
async function refused(method: string, path: string, options: AskOptions = {}): Promise<[number, string]> {
  const answer = await server.ask(method, path, { ...options, headers: { ...owner, ...options.headers } });
  const text = await answer.text();
  expect(answer.headers.get('content-type'), text).toBe('application/problem+json');
  const problem = JSON.parse(text);
  for (const member of ['title', 'detail', 'hint', 'code', 'instance'])
    expect(problem[member], `${member} of ${text}`).toEqual(expect.stringMatching(/\S/));
  expect(problem.status).toBe(answer.status);
  expect(problem.type).toMatch(/^\/problems\/[a-z0-9-]+$/);
  expect(problem.instance).toBe(`urn:request:${answer.headers.get('x-request-id')}`);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  return [answer.status, problem.code];
}

const contacts = async () => {
  const answer = await server.ask('GET', `${ORG}/data/contacts?limit=1&count=exact`, { headers: owner });
  return ((await answer.json()) as { page: { count: number } }).page.count;
};

describe('a method that an address does not take', () => {
  it.each([
    ['PUT', `${ORG}/members`, 'GET, HEAD'],
    ['GET', `${ORG}/archive`, 'POST'],
    ['PUT', `${ORG}/data/contacts`, 'GET, HEAD, POST, PATCH, DELETE'],
    ['DELETE', '/v1/me', 'GET, HEAD'],
    ['POST', '/healthz', 'GET, HEAD'],
    ['PUT', '/auth/sign-in/email', 'GET, HEAD, POST'],
  ])('%s %s is a 405 that says what it takes', async (method, path, allow) => {
    const answer = await server.ask(method, path, { headers: owner });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
  });

  it('is not got round by headers or parameters that name another', async () => {
    const before = await contacts();
    const answer = await server.ask('POST', `${ORG}/data/contacts?_method=DELETE`, {
      headers: { ...owner, 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE' },
      body: { name: 'Still made' },
    });
    expect(answer.status).toBe(422);
    expect(await contacts()).toBe(before);
  });

  it('is a 404 where no method would do', async () => {
    for (const path of [
      '/nothing',
      `${ORG}/members/`,
      `/v1//orgs/quillmarsh-realty`,
      `${ORG}/../../../etc/passwd`,
    ])
      expect((await refused('GET', path))[0], path).toBe(404);
  });
});

describe('an address', () => {
  it('that is not UTF-8 is refused wherever it leads', async () => {
    for (const path of [
      '/nothing/%ff',
      '/v1/orgs/%ff%fe',
      `${ORG}/data/contacts/%`,
      `${ORG}/files?name=%C3`,
      '/v1/me?x=%80',
    ])
      expect(await refused('GET', path), path).toEqual([422, 'NOT_UTF8']);
  });

  it('with NUL, slashes or dots hidden in it names nothing', async () => {
    for (const id of ['%00', 'a%2f..%2fb', '..%2f..%2fmembers', 'a%0d%0ab', '%F0%9F%8F%A0'])
      expect((await refused('GET', `${ORG}/data/contacts/${id}`))[0], id).toBe(404);
    for (const organization of ['a%00b', 'quillmarsh-realty%00', 'QUILLMARSH-REALTY%20', "x'--"])
      expect(await refused('GET', `/v1/orgs/${organization}`)).toEqual([404, 'ORGANIZATION_UNKNOWN']);
  });

  it('with ten thousand parameters, or one sixty thousand long, is a 422', async () => {
    const many = Array.from({ length: 10_000 }, (_, i) => `p${i}=1`).join('&');
    expect(await refused('GET', `${ORG}/data/contacts?${many}`)).toEqual([422, 'QUERY_INVALID']);
    expect(await refused('GET', `${ORG}/data/contacts?${'n'.repeat(60_000)}=1`)).toEqual([
      422,
      'QUERY_INVALID',
    ]);
    expect(await refused('GET', `${ORG}/activity?limit=1&limit=2`)).toEqual([422, 'INPUT_INVALID']);
  });

  it('that asks for a huge page, a far one, or relations without end is a 422', async () => {
    for (const query of [
      'limit=1000000',
      'limit=-1',
      'offset=99999999999999999999',
      `expand=${'deal.contact.'.repeat(20)}deal`,
      'cursor=AAAA',
      'limit=1e3',
    ])
      expect(await refused('GET', `${ORG}/data/contacts?${query}`), query).toEqual([422, 'QUERY_INVALID']);
  });
});

describe('a body', () => {
  it('of another media type is a 415, in both halves of the API', async () => {
    for (const path of [`${ORG}/keys`, `${ORG}/data/contacts`, '/v1/organizations'])
      for (const type of [
        'text/plain',
        'application/xml',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
      ])
        expect(
          await refused('POST', path, { headers: { 'content-type': type }, body: 'name=x' }),
          `${path} ${type}`,
        ).toEqual([415, 'MEDIA_TYPE_UNSUPPORTED']);
  });

  it('that is compressed is a 415 and is not taken for text', async () => {
    for (const encoding of ['gzip', 'br', 'deflate', 'identity, gzip'])
      for (const path of [`${ORG}/keys`, `${ORG}/data/contacts`, `${ORG}/files`, '/auth/sign-in/email'])
        expect(
          await refused('POST', path, {
            headers: { 'content-encoding': encoding, origin: BASE },
            body: '{"name":"p"}',
          }),
        ).toEqual([415, 'ENCODING_UNSUPPORTED']);
  });

  it('that is no JSON, none at all, or JSON of another shape is a 400 or 422', async () => {
    for (const body of ['{', '{"name":"x",}', '', "{'a':1}", 'NaN'])
      for (const path of [`${ORG}/keys`, `${ORG}/data/contacts`, '/v1/organizations'])
        expect((await refused('POST', path, { body }))[0], `${path} ${body}`).toBe(400);
    for (const body of ['null', '7', '"text"', '[[]]', '{"name":{}}', '{"name":7}'])
      for (const path of [`${ORG}/keys`, `${ORG}/data/contacts`, '/v1/organizations'])
        expect((await refused('POST', path, { body }))[0], `${path} ${body}`).toBe(422);
  });

  it('that is nested fifty thousand deep ends in a refusal, wherever the depth is', async () => {
    for (const [method, path, body] of [
      ['POST', `${ORG}/data/contacts`, DEEP],
      ['POST', `${ORG}/data/contacts`, `{"name":"Deep","customFields":{"a":${DEEP}}}`],
      ['POST', `${ORG}/data/contacts`, `{"name":"Deep","tags":${DEEP}}`],
      ['POST', `${ORG}/keys`, `{"name":"x","scopes":${DEEP}}`],
      ['POST', `${ORG}/data/leads`, `{"name":"Deep","__proto__":${DEEP}}`],
    ] as const)
      expect((await refused(method, path, { body }))[0], body.slice(0, 40)).toBe(422);
  });

  it('with the names of prototypes changes no prototype and is refused as unknown fields', async () => {
    const before = await contacts();
    for (const body of [
      '{"name":"p","__proto__":{"polluted":1}}',
      '{"name":"p","constructor":{"prototype":{"polluted":1}}}',
      '{"name":"p","toString":1}',
    ])
      for (const path of [`${ORG}/data/contacts`, `${ORG}/keys`, '/v1/organizations'])
        expect((await refused('POST', path, { body }))[0], `${path} ${body}`).toBe(422);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(await contacts()).toBe(before);
  });

  it('over the limit is a 413, whether it says its length or not', async () => {
    const big = `{"name":"${'x'.repeat(1_100_000)}"}`;
    expect(await refused('POST', `${ORG}/keys`, { body: big })).toEqual([413, 'BODY_TOO_LARGE']);
    const headers = { 'content-length': String(big.length) };
    expect(await refused('POST', `${ORG}/keys`, { body: big, headers })).toEqual([413, 'BODY_TOO_LARGE']);
    expect((await refused('POST', '/auth/sign-in/email', { body: big, headers: { origin: BASE } }))[0]).toBe(
      413,
    );
  });

  it('of text that no column holds is refused by field', async () => {
    for (const name of ['a\\u0000b', '\\ud800'])
      for (const path of [`${ORG}/keys`, `${ORG}/data/contacts`])
        expect((await refused('POST', path, { body: `{"name":"${name}","scopes":["crm:read"]}` }))[0]).toBe(
          422,
        );
    const latin = {
      headers: { 'content-type': 'application/json' },
      body: Buffer.from('{"name":"\xe9"}', 'latin1'),
    };
    const answer = await server.app.request(`${BASE}${ORG}/keys`, {
      method: 'POST',
      ...latin,
      headers: { ...latin.headers, ...owner },
    });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([422, 'NOT_UTF8']);
  });
});

describe('a credential', () => {
  it('that is mutilated, foreign or both is a 401 that asks for another', async () => {
    const [name = '', value = ''] = owner.cookie!.split(/=(.*)/s);
    for (const headers of [
      { cookie: `${name}=${value.slice(0, -3)}AAA` },
      { cookie: `${name}=%ff%fe.x` },
      { cookie: `${name}=` },
      { authorization: 'Bearer lk_short' },
      { authorization: `Bearer lk_${'0'.repeat(56)}` },
      { authorization: `Bearer ${'x'.repeat(8_000)}` },
      { authorization: 'Basic b3duZXI6b3duZXI=' },
      { authorization: 'Bearer lk_\u00e9' },
    ] as Record<string, string>[]) {
      const answer = await server.ask('GET', `${ORG}/members`, { headers });
      expect(answer.status, JSON.stringify(headers)).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  it('of a cookie beside a wrong key does not count: the key is what was meant', async () => {
    const headers = { authorization: `Bearer lk_${'0'.repeat(56)}` };
    expect((await refused('GET', '/v1/me', { headers }))[1]).toBe('KEY_INVALID');
  });
});

describe('a page of another site', () => {
  it.each([
    ['origin', { origin: 'https://evil.example' }],
    ['hidden origin', { origin: 'null' }],
    ['a subdomain', { origin: 'http://sub.lotline.test' }],
    ['another port', { origin: 'http://lotline.test:81' }],
    ['Sec-Fetch-Site', { 'sec-fetch-site': 'cross-site' }],
    ['same site, other origin', { 'sec-fetch-site': 'same-site' }],
    ['referer', { referer: 'https://evil.example/lotline.test' }],
  ])('changes nothing with a cookie: %s', async (_, headers) => {
    const before = await contacts();
    const write = { headers: headers as Record<string, string>, body: { name: 'Forged' } };
    expect(await refused('POST', `${ORG}/data/contacts`, write)).toEqual([403, 'CROSS_SITE_REQUEST']);
    expect(await refused('POST', '/v1/organizations', write)).toEqual([403, 'CROSS_SITE_REQUEST']);
    const form = { 'content-type': 'multipart/form-data; boundary=x', ...headers };
    expect(await refused('POST', `${ORG}/files`, { headers: form, body: '--x--' })).toEqual([
      403,
      'CROSS_SITE_REQUEST',
    ]);
    expect((await refused('POST', '/auth/sign-out', write))[0]).toBe(403);
    expect(await contacts()).toBe(before);
  });

  it('is not let in by a Host that it names', async () => {
    const headers = { host: 'evil.example', origin: 'http://evil.example' };
    expect(await refused('POST', `${ORG}/data/contacts`, { headers, body: { name: 'x' } })).toEqual([
      403,
      'CROSS_SITE_REQUEST',
    ]);
    const mail = await server.app.request('http://evil.example/dev/mailbox');
    expect(mail.status).toBe(403);
  });
});

describe('what is not for others', () => {
  it('is closed to a proxy that nobody declared: figures and captured mail', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.9' };
    expect(await refused('GET', '/metrics', { headers })).toEqual([403, 'METRICS_CLOSED']);
    expect(await refused('GET', '/dev/mailbox', { headers })).toEqual([403, 'MAILBOX_CLOSED']);
    expect((await server.ask('GET', '/metrics')).status).toBe(200);
    expect((await server.ask('GET', '/dev/mailbox')).status).toBe(200);
  });

  it('stays so with a link that was changed, and is gone with one whose time is over', async () => {
    const upload = { headers: { ...owner, 'content-type': 'text/plain' }, body: 'hello' };
    const file = (await (await server.ask('POST', `${ORG}/files?name=a.txt`, upload)).json()) as {
      id: string;
    };
    const link = { headers: owner, body: { expiresIn: 60 } };
    const { url } = (await (await server.ask('POST', `${ORG}/files/${file.id}/link`, link)).json()) as {
      url: string;
    };
    expect((await server.ask('GET', url)).status).toBe(200);
    expect((await refused('GET', url.replace(/signature=./, 'signature=~')))[0]).toBe(403);
    expect((await refused('GET', url.replace(/expires=\d/, 'expires=9')))[0]).toBe(403);
    const { id: organizationId } = (
      (await (await server.ask('GET', '/v1/me', { headers: owner })).json()) as {
        organizations: { id: string }[];
      }
    ).organizations[0]!;
    const { path } = server.parts.links.sign(
      { organizationId, fileId: file.id, inline: false },
      1,
      new Date(Date.now() - 60_000),
    );
    expect(await refused('GET', path)).toEqual([410, 'LINK_EXPIRED']);
  });
});

describe('an upload', () => {
  it('that is two things at once is refused by its content, and nothing stays', async () => {
    const count = async () =>
      ((await (await server.ask('GET', `${ORG}/files`, { headers: owner })).json()) as { items: unknown[] })
        .items.length;
    const before = await count();
    const gif = Buffer.concat([
      Buffer.from('GIF89a\x01\x00\x01\x00\x80\x00\x00', 'latin1'),
      Buffer.from('<script>alert(1)</script>'),
    ]);
    for (const [type, bytes] of [
      ['image/gif', gif],
      ['image/png', Buffer.from('<!doctype html><script>alert(1)</script>')],
      ['text/html', Buffer.from('<!doctype html><script>alert(1)</script>')],
      ['image/svg+xml', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ] as const) {
      const answer = await server.app.request(`${BASE}${ORG}/files?name=x`, {
        method: 'POST',
        headers: { ...owner, 'content-type': type },
        body: new Uint8Array(bytes),
      });
      expect(answer.status, type).toBe(422);
    }
    expect(await count()).toBe(before);
  });
});

describe('a version that is old', () => {
  it('changes nothing', async () => {
    const made = await server.ask('POST', `${ORG}/data/contacts`, {
      headers: owner,
      body: { name: 'First' },
    });
    const { id } = (await made.json()) as { id: string };
    const path = `${ORG}/data/contacts/${id}`;
    const first = { 'if-match': made.headers.get('etag')! };
    expect(
      (await server.ask('PATCH', path, { headers: { ...owner, ...first }, body: { name: 'Second' } })).status,
    ).toBe(200);
    const late = { headers: first, body: { name: 'Third' } };
    expect(await refused('PATCH', path, late)).toEqual([412, 'STALE']);
    expect(await refused('DELETE', path, { headers: first })).toEqual([412, 'STALE']);
    for (const tag of ['nonsense', '"', 'W/"1"', '"1" garbage', `"${'9'.repeat(500)}"`])
      expect([400, 412], tag).toContain(
        (await refused('PATCH', path, { headers: { 'if-match': tag }, body: { name: 'Third' } }))[0],
      );
    expect(await (await server.ask('GET', path, { headers: owner })).json()).toMatchObject({
      name: 'Second',
    });
  });
});

describe('the page that a problem leads to', () => {
  it('says what the code means, also that of one route, and is a 404 for no code', async () => {
    for (const path of ['/problems', '/problems/key-invalid', '/problems/last-owner']) {
      const answer = await server.ask('GET', path);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    }
    const unknown = await server.ask('GET', '/problems/%3Cscript%3E');
    expect(unknown.status).toBe(404);
    expect(await unknown.text()).not.toContain('<script>');
  });
});
