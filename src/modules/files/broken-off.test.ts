import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { afterAll, expect, it, vi } from 'vitest';
import { fileWorld } from './testing/world.ts';

const world = await fileWorld('local');
const server = serve({ fetch: world.app(world.ours).fetch, port: 0, hostname: '127.0.0.1' }) as http.Server;
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
afterAll(() => new Promise((done) => server.close(done)));

const upload = (headers: http.OutgoingHttpHeaders = {}) =>
  http.request({ port, method: 'POST', path: '/v1/orgs/ours/files?name=a.txt', headers });

it('leaves no file, row or object of an upload whose client hangs up', async () => {
  const request = upload();
  request.on('error', () => {});
  request.write('x'.repeat(100_000));
  await vi.waitUntil(() => world.spooled().length === 1);
  request.destroy();
  await vi.waitUntil(() => world.spooled().length === 0);
  expect([await world.rows(world.ours), await world.stored(world.ours)]).toEqual([[], []]);
});

it('answers an upload that says it is too long before it has sent it', async () => {
  const request = upload({ 'content-length': 1024 ** 3 });
  request.on('error', () => {});
  request.flushHeaders();
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
  expect(answer.statusCode).toBe(413);
  request.destroy();
});

it('goes on when a client leaves a download half read', async () => {
  const { body } = await world.upload('x'.repeat(5_000_000), 'big.txt');
  const request = http.get({ port, path: `/v1/orgs/ours/files/${body.id}/content` });
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
  await once(answer, 'data');
  answer.destroy();
  const again = await fetch(`http://127.0.0.1:${port}/v1/orgs/ours/files/${body.id}/content`);
  expect((await again.text()).length).toBe(5_000_000);
});
