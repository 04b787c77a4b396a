import { beforeAll, describe, expect, it } from 'vitest';
import { seedSignIns } from '../../src/auth/index.ts';
import { demoPeople } from '../../src/modules/organizations/index.ts';
import { appOn, type TestApp } from '../support/app.ts';
import { demoDatabase } from '../support/demo-database.ts';
import { attackHttp } from './http/attack.ts';
import { OTHER, VICTIM } from './http/attackers.ts';

const MINUTES = 60_000;

describe('the attack over HTTP', () => {
  it(
    'learns and changes nothing, by a request of every attacker to every third operation',
    async () => {
      const { db } = await demoDatabase();
      const server = await appOn(db);
      const report = await attackHttp({
        server,
        superuserUrl: db.urls.superuser,
        client: db.superuser,
        each: 1,
        seed: 20_261_125,
        operations: (_, i) => i % 3 === 0,
      });
      expect(report.leaks).toEqual([]);
      // Of the few operations that are closed to a member a third.
      expect(report.attackers.filter((a) => a.sent < 5)).toEqual([]);
      expect(report.twins).toBeGreaterThan(40);
      expect(report.ids).toBeGreaterThan(500);
      expect(report.texts).toBeGreaterThan(200);
    },
    10 * MINUTES,
  );
});

describe('what leaves the API by other ways than an answer', () => {
  let server: TestApp;
  let victim: Record<string, string>;
  let stranger: Record<string, string>;
  beforeAll(async () => {
    const { db } = await demoDatabase();
    await seedSignIns(db.platform, demoPeople());
    server = await appOn(db);
    victim = await server.signIn('ottoline@quillmarsh.example');
    stranger = await server.signIn('philippa@oddfern.example');
  });

  const rename = (organization: string, headers: Record<string, string>) =>
    server.ask('POST', `/v1/orgs/${organization}/data/contacts`, { headers, body: { name: 'Somebody' } });

  it('streams no event of another organization', async () => {
    const stream = await server.ask('GET', `/v1/orgs/${OTHER}/events`, { headers: stranger });
    expect(stream.status).toBe(200);
    const theirs = (await (await rename(VICTIM, victim)).json()) as { id: string };
    const own = (await (await rename(OTHER, stranger)).json()) as { id: string };
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
    let heard = '';
    while (!heard.includes(own.id)) heard += (await reader.read()).value ?? '';
    await reader.cancel();
    expect(heard).not.toContain(theirs.id);
  });

  it('opens a file by the link that was made for it, and no other by that link', async () => {
    const upload = async (organization: string, headers: Record<string, string>, text: string) => {
      const answer = await server.ask('POST', `/v1/orgs/${organization}/files?name=a.txt`, {
        headers: { ...headers, 'content-type': 'text/plain' },
        body: text,
      });
      return (await answer.json()) as { id: string };
    };
    const theirs = await upload(VICTIM, victim, 'the secret of the victim');
    const own = await upload(OTHER, stranger, 'what the stranger has');
    const link = async (organization: string, headers: Record<string, string>, id: string) => {
      const answer = await server.ask('POST', `/v1/orgs/${organization}/files/${id}/link`, {
        headers,
        body: {},
      });
      return { status: answer.status, url: ((await answer.json()) as { url: string }).url };
    };
    expect((await link(OTHER, stranger, theirs.id)).status).toBe(404);
    const [good, made] = [await link(VICTIM, victim, theirs.id), await link(OTHER, stranger, own.id)];
    expect(await (await server.ask('GET', good.url)).text()).toBe('the secret of the victim');
    const [, victimId] = /files\/([^/]+)\//.exec(good.url)!;
    const [, strangerId] = /files\/([^/]+)\//.exec(made.url)!;
    for (const forged of [
      made.url.replace(own.id, theirs.id),
      made.url.replace(own.id, theirs.id).replace(strangerId!, victimId!),
      good.url.replace(victimId!, strangerId!),
      good.url.replace(/expires=(\d+)/, (_, at) => `expires=${Number(at) + 1}`),
      good.url.replace(/signature=./, 'signature=~'),
    ]) {
      const answer = await server.ask('GET', forged);
      expect([403, 404]).toContain(answer.status);
      expect(await answer.text()).not.toContain('secret');
    }
  });

  it('repeats no answer to the idempotency key of another organization', async () => {
    const body = { name: 'Known to the victim alone' };
    const send = (organization: string, headers: Record<string, string>, name: string) =>
      server.ask('POST', `/v1/orgs/${organization}/data/contacts`, {
        headers: { ...headers, 'idempotency-key': 'the-same' },
        body: { name },
      });
    const first = await (await send(VICTIM, victim, body.name)).json();
    const second = await send(OTHER, stranger, body.name);
    expect(second.status).toBe(201);
    expect(second.headers.get('idempotent-replayed')).toBeNull();
    expect(((await second.json()) as { id: string }).id).not.toBe((first as { id: string }).id);
  });
});
