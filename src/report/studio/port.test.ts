import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { studioPort } from './port.ts';

let other: Server;
let busy: number;

beforeAll(async () => {
  other = createServer();
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  busy = (other.address() as AddressInfo).port;
});
afterAll(() => other.close());

it('takes the next free port where the usual one is busy', async () => {
  expect(await studioPort(busy, false)).toBeGreaterThan(busy);
});

it('refuses with a remedy where STUDIO_PORT prescribes a busy one', async () => {
  await expect(studioPort(busy, true)).rejects.toMatchObject({
    code: 'STUDIO_PORT_BUSY',
    message: `Port ${busy} (STUDIO_PORT) is in use by another program.`,
  });
});
