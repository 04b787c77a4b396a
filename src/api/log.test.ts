import { beforeAll, describe, expect, it } from 'vitest';
import { appOn, type TestApp } from '../../test/support/app.ts';
import { demoDatabase } from '../../test/support/demo-database.ts';
import { seedSignIns } from '../auth/index.ts';
import { demoPeople } from '../modules/organizations/index.ts';
import { errorFacts, openLog } from './log.ts';

const lines: string[] = [];
let server: TestApp;
let owner: Record<string, string>;
const ORG = '/v1/orgs/quillmarsh-realty';

beforeAll(async () => {
  const { db } = await demoDatabase();
  await seedSignIns(db.platform, demoPeople());
  server = await appOn(
    db,
    { TRUSTED_PROXIES: '1' },
    openLog('trace', { write: (line: string) => void lines.push(line) }),
  );
  owner = await server.signIn('ottoline@quillmarsh.example');
});

describe('the log', () => {
  it('holds nothing of what people send: no address, mail, name, query, token or id of a record', async () => {
    const canary = 'canary7351';
    const headers = {
      ...owner,
      'user-agent': `${canary}-agent`,
      'x-forwarded-for': '198.51.100.73',
      referer: `https://${canary}.example/`,
      'x-request-id': `not ${canary} well-formed`,
    };
    const send = (method: string, path: string, body?: unknown, more: Record<string, string> = {}) =>
      server.ask(method, path, { headers: { ...headers, ...more }, ...(body === undefined ? {} : { body }) });
    const made = await send('POST', `${ORG}/data/contacts`, { name: canary, email: `${canary}@example.com` });
    const { id } = (await made.json()) as { id: string };
    await send('POST', `${ORG}/data/contacts`, { name: canary, [canary]: canary });
    await send('GET', `${ORG}/data/contacts/${id}?select=${canary}`);
    await send('GET', `${ORG}/data/contacts?name=${canary}`);
    await send('GET', `${ORG}/data/${canary}`);
    await send('GET', `/v1/orgs/${canary}`);
    await send('GET', `/${canary}`);
    await send('GET', `/problems/${canary}`);
    await send('GET', `/auth/verify-email?token=${canary}`);
    await send(
      'POST',
      '/auth/sign-in/email',
      { email: `${canary}@example.com`, password: canary },
      { origin: 'http://lotline.test' },
    );
    await send('POST', `/v1/invitations/${canary}/accept`);
    await send('GET', `/v1/files/${canary}/${canary}?signature=${canary}`);
    await send('GET', '/v1/me', undefined, { authorization: `Bearer lk_${canary}` });
    await send('POST', `${ORG}/invitations`, { email: `${canary}@example.com`, role: 'VIEWER' });
    await server.parts.auth.settled();
    const all = lines.join('');
    expect(lines.length).toBeGreaterThanOrEqual(15);
    for (const secret of [canary, '198.51.100.73', id, 'ottoline', owner.cookie!.split('=')[1]!.slice(0, 12)])
      expect(all, secret).not.toContain(secret);
  });

  it('names the route that answered, in its own words, and who it was for', async () => {
    const routeOf = async (method: string, path: string, headers = owner) => {
      lines.length = 0;
      await server.ask(method, path, { headers });
      return JSON.parse(lines[0]!);
    };
    const id = '00000000-0000-7000-8000-000000000000';
    const patterns: Record<string, string> = {
      [`${ORG}/data/contacts/${id}`]: '/v1/orgs/:organization/data/:collection/:id',
      [`${ORG}/members`]: '/v1/orgs/:organization/members',
      [`${ORG}/files/${id}/content`]: '/v1/orgs/:organization/files/:fileId/content',
      '/v1/me': '/v1/me',
      '/healthz': '/healthz',
      '/': '/',
    };
    for (const [path, pattern] of Object.entries(patterns))
      expect((await routeOf('GET', path)).route, path).toBe(pattern);
    expect(await routeOf('GET', `${ORG}/members`)).toMatchObject({ method: 'GET', status: 200 });
    expect((await routeOf('GET', `${ORG}/members`)).organization).toMatch(/^[0-9a-f-]{36}$/);
    expect((await routeOf('GET', `${ORG}/members`, {})).status).toBe(401);
  });

  it('has of an error its kind, code and place, and none of its text', () => {
    const error = Object.assign(new Error('Key (email)=(secret@example.com)\n    at secret place'), {
      code: '23505',
    });
    const facts = JSON.stringify(errorFacts(new TypeError('secret', { cause: error })));
    expect(facts).toContain('"23505"');
    expect(facts).toContain('log.test.ts');
    expect(facts).not.toContain('secret');
  });
});
