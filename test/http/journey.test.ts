import { beforeAll, describe, expect, it } from 'vitest';
import { seedSignIns } from '../../src/auth/index.ts';
import { demoPeople } from '../../src/modules/organizations/index.ts';
import { appOn, type TestApp } from '../support/app.ts';
import { demoDatabase } from '../support/demo-database.ts';

let server: TestApp;
let owner: Record<string, string>;
const ORG = '/v1/orgs/quillmarsh-realty';

beforeAll(async () => {
  const { db } = await demoDatabase();
  await seedSignIns(db.platform, demoPeople());
  server = await appOn(db);
  owner = await server.signIn('ottoline@quillmarsh.example');
});

describe('the journey of a stranger', () => {
  it('begins with who they are and where they may go', async () => {
    const me = await (await server.ask('GET', '/v1/me', { headers: owner })).json();
    expect(me).toMatchObject({
      email: 'ottoline@quillmarsh.example',
      organizations: [{ slug: 'quillmarsh-realty', role: 'OWNER' }],
    });
    const overview = await (await server.ask('GET', ORG, { headers: owner })).json();
    expect(overview).toMatchObject({ tier: 'ELITE', role: 'OWNER', limits: { seats: 250 } });
  });

  it('makes a lead into a deal, moves it, and finds all of it in the log', async () => {
    const made = await server.ask('POST', `${ORG}/data/leads`, {
      headers: owner,
      body: { name: 'Wendell Hobb', email: 'Wendell@Example.com', budget: '450000', source: 'REFERRAL' },
    });
    expect(made.status).toBe(201);
    const lead = (await made.json()) as { id: string; email: string };
    expect(lead.email).toBe('wendell@example.com');
    const converted = await server.ask('POST', `${ORG}/leads/${lead.id}/convert`, {
      headers: owner,
      body: {},
    });
    expect(converted.status).toBe(201);
    const { deal } = (await converted.json()) as { deal: { id: string } };
    const moved = await server.ask('POST', `${ORG}/deals/${deal.id}/stage`, {
      headers: owner,
      body: { stage: 'PROPOSAL' },
    });
    expect(moved.status).toBe(200);
    const log = await server.ask('GET', `${ORG}/activity?limit=50`, { headers: owner });
    const actions = ((await log.json()) as { items: { action: string; resourceId: string }[] }).items
      .filter((entry) => entry.resourceId === deal.id)
      .map((entry) => entry.action);
    expect(actions).toEqual(['deals.update', 'deals.create']);
  });

  it('gives a program a key that may no more than it says', async () => {
    const made = await server.ask('POST', `${ORG}/keys`, {
      headers: owner,
      body: { name: 'reader', scopes: ['crm:read'] },
    });
    const { id, secret } = (await made.json()) as { id: string; secret: string };
    const key = { authorization: `Bearer ${secret}` };
    expect((await server.ask('GET', `${ORG}/data/contacts?limit=1`, { headers: key })).status).toBe(200);
    const refused = await server.ask('POST', `${ORG}/data/contacts`, { headers: key, body: { name: 'No' } });
    expect([refused.status, await refused.json()]).toMatchObject([403, { code: 'PERMISSION_MISSING' }]);
    await server.ask('DELETE', `${ORG}/keys/${id}`, { headers: owner });
    expect((await server.ask('GET', `${ORG}/data/contacts`, { headers: key })).status).toBe(401);
  });

  it('repeats a write with its idempotency key and finds it done once', async () => {
    const headers = { ...owner, 'idempotency-key': 'one' };
    const send = () => server.ask('POST', `${ORG}/data/contacts`, { headers, body: { name: 'Once' } });
    const answers = await Promise.all([send(), send(), send()]);
    const bodies = await Promise.all(answers.map((a) => a.text()));
    expect(answers.map((a) => a.status)).toEqual([201, 201, 201]);
    expect(new Set(bodies).size).toBe(1);
    const found = await server.ask('GET', `${ORG}/data/contacts?name=Once&count=exact`, { headers: owner });
    expect(await found.json()).toMatchObject({ page: { count: 1 } });
    const other = await server.ask('POST', `${ORG}/data/contacts`, { headers, body: { name: 'Other' } });
    expect([other.status, await other.json()]).toMatchObject([422, { code: 'IDEMPOTENCY_KEY_REUSED' }]);
  });
});
