import { once } from 'node:events';
import { beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../../src/api/bind.ts';
import { endHttp, openHttp, serve } from '../../src/api/listen.ts';
import { openLog } from '../../src/api/log.ts';
import { seedSignIns } from '../../src/auth/index.ts';
import { demoPeople } from '../../src/modules/organizations/index.ts';
import { appOn, type TestApp } from '../support/app.ts';
import { demoDatabase } from '../support/demo-database.ts';
import { opened, raw, statuses } from '../support/raw.ts';

let server: TestApp;
let port: number;
let cookie: string;
let http: ReturnType<typeof openHttp>;
const ORG = '/v1/orgs/quillmarsh-realty';
const log = openLog('silent');

beforeAll(async () => {
  const { db } = await demoDatabase();
  await seedSignIns(db.platform, demoPeople());
  server = await appOn(db);
  cookie = (await server.signIn('ottoline@quillmarsh.example')).cookie!;
  http = openHttp({ head: 300, whole: 600, idle: 1_000, look: 50 });
  serve(http, server.app, log);
  port = await listen(http, '127.0.0.1', 0, true);
  db.beforeClose(() => endHttp(http, 1_000));
});

const head = (method: string, path: string, ...more: string[]) =>
  [`${method} ${path} HTTP/1.1`, 'Host: lotline.test', `Cookie: ${cookie}`, ...more, '', ''].join('\r\n');
const last = 'Connection: close';

describe('a request that is no HTTP', () => {
  it.each([
    ['noise', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n'],
    ['no Host', 'GET /healthz HTTP/1.1\r\n\r\n'],
    ['two lengths', 'POST /v1/me HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    [
      'a length and chunks',
      'POST /v1/me HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a length below zero', 'POST /v1/me HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n'],
    ['a broken chunk', 'POST /v1/me HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n'],
    ['a folded header', 'GET /healthz HTTP/1.1\r\nHost: a\r\nX-A: b\r\n c\r\n\r\n'],
    ['a backslash', 'GET /\\evil HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'],
    ['a Host with a path', 'GET /healthz HTTP/1.1\r\nHost: a/b\r\nConnection: close\r\n\r\n'],
  ])('is a 400 and closes the connection: %s', async (_, text) => {
    expect(statuses(await raw(port, [text]))).toEqual([400]);
  });

  it('says so as a problem where it is no more than an address that is none', async () => {
    const text = await raw(port, ['GET /healthz HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n']);
    expect(text).toMatch(/^HTTP\/1\.1 400/);
    expect(text).toContain('"code":"REQUEST_UNREADABLE"');
  });

  it('with more header than anybody reads is a 431', async () => {
    expect(statuses(await raw(port, [head('GET', '/healthz', `X-Long: ${'x'.repeat(20_000)}`)]))).toEqual([
      431,
    ]);
    expect(statuses(await raw(port, [head('GET', `/${'x'.repeat(20_000)}`)]))).toEqual([431]);
  });

  it('that expects what the server does not do is a 417', async () => {
    expect(
      statuses(await raw(port, [head('POST', '/v1/me', 'Expect: miracles', 'Content-Length: 1', last)])),
    ).toEqual([417]);
  });
});

describe('a body that comes slowly or not as it said', () => {
  it('is asked for where the client waits to be asked, and then read', async () => {
    const body = '{"name":"Hundred Continued"}';
    const text = await raw(port, [
      head(
        'POST',
        `${ORG}/data/contacts`,
        'Content-Type: application/json',
        'Expect: 100-continue',
        `Content-Length: ${body.length}`,
        last,
      ),
      body,
    ]);
    expect(statuses(text)).toEqual([100, 201]);
  });

  it('in chunks without a length is a 413 once it is over the limit', async () => {
    const chunk = `${(64 * 1024).toString(16)}\r\n${'x'.repeat(64 * 1024)}\r\n`;
    const text = await raw(
      port,
      [
        head('POST', `${ORG}/keys`, 'Content-Type: application/json', 'Transfer-Encoding: chunked'),
        ...Array.from({ length: 40 }, () => chunk),
      ],
      /BODY_TOO_LARGE/,
    );
    expect(statuses(text)).toEqual([413]);
  });

  it('is refused by the length it says, before it is sent', async () => {
    const text = await raw(
      port,
      [head('POST', `${ORG}/keys`, 'Content-Type: application/json', 'Content-Length: 900000000000')],
      /BODY_TOO_LARGE/,
    );
    expect(statuses(text)).toEqual([413]);
  });

  it('that never ends is a 408 when the patience is over, as is a head', async () => {
    const body = head('POST', `${ORG}/keys`, 'Content-Type: application/json', 'Content-Length: 100');
    const [slowBody, slowHead, silent] = await Promise.all([
      raw(port, [body, '{"name"']),
      raw(port, ['GET /healthz HTTP/1.1\r\nHost: a\r\nX-A:']),
      raw(port, ['']),
    ]);
    expect([statuses(slowBody), statuses(slowHead), statuses(silent)]).toEqual([[408], [408], [408]]);
  });

  it('that is broken off writes nothing', async () => {
    const socket = await opened(port);
    socket.write(
      head('POST', `${ORG}/data/contacts`, 'Content-Type: application/json', 'Content-Length: 1000'),
    );
    socket.write('{"name":"Half"');
    socket.destroy();
    await once(socket, 'close');
    const found = await server.ask('GET', `${ORG}/data/contacts?name=Half&count=exact`, {
      headers: { cookie },
    });
    expect(await found.json()).toMatchObject({ page: { count: 0 } });
    expect(statuses(await raw(port, [head('GET', '/healthz', last)]))).toEqual([200]);
  });
});

describe('one connection', () => {
  it('takes requests one after the other without mixing their answers', async () => {
    const text = await raw(port, [
      head('GET', '/v1/me') +
        head('GET', '/nothing') +
        head('HEAD', '/healthz') +
        head('GET', '/healthz', last),
    ]);
    expect(statuses(text)).toEqual([200, 404, 200, 200]);
    expect(text.endsWith('{"status":"alive"}')).toBe(true);
  });

  it('that asks for another protocol is answered in this one', async () => {
    const text = await raw(port, [
      head('GET', '/healthz', 'Connection: Upgrade, close', 'Upgrade: websocket'),
    ]);
    expect(statuses(text)[0]).not.toBe(101);
    expect(
      statuses(await raw(port, ['CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n'])),
    ).not.toContain(200);
    expect(
      statuses(await raw(port, [`TRACE /v1/me HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`]))[0],
    ).toBeGreaterThanOrEqual(400);
  });
});

describe('a server that is on its way', () => {
  it('says before it is ready that it is not', async () => {
    const early = openHttp();
    const at = await listen(early, '127.0.0.1', 0, true);
    const text = await raw(at, [head('GET', '/healthz')]);
    expect([statuses(text), text.includes('"STARTING"')]).toEqual([[503], true]);
    await endHttp(early, 1_000);
  });

  it('ends streams and waiting connections at once when it stops', async () => {
    const own = openHttp();
    serve(own, server.app, log);
    const at = await listen(own, '127.0.0.1', 0, true);
    const waiting = raw(at, [head('GET', '/healthz')]);
    const stream = await opened(at);
    const closed = once(stream, 'close');
    stream.write(head('GET', `${ORG}/events`));
    await once(stream, 'data');
    const begun = performance.now();
    const ended = endHttp(own, 60_000);
    await server.parts.live.close();
    await Promise.all([ended, closed, waiting]);
    expect(performance.now() - begun).toBeLessThan(20_000);
  });
});
