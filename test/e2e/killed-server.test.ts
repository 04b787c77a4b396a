import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { scratchFolders } from '../../src/database/embedded/scratch-folder.ts';
import { openLedger } from '../kill/ledger.ts';
import { freePort, type Program, runServer } from '../kill/programs.ts';
import { judgeOf, killRounds } from '../kill/rounds.ts';
import { ORGANIZATION, signInKey } from '../kill/sign-in-key.ts';
import { readEvents } from '../support/event-stream.ts';

const folders = scratchFolders();
const folder = folders.fresh();
const started: Program[] = [];
afterAll(async () => {
  for (const program of started) await program.kill();
  await folders.removeAll();
});

async function serve() {
  const place = { folder, port: await freePort() };
  const server = runServer(place);
  started.push(server);
  await server.ready();
  const base = `http://127.0.0.1:${place.port}`;
  return { place, server, base, key: await signInKey(base) };
}

describe('a server under load', () => {
  it('loses nothing that it acknowledged and does nothing twice when it and its worker are killed', async () => {
    const place = { folder, port: await freePort() };
    const victims = ['server', 'server and worker'] as const;
    const { verdicts, toll } = await killRounds({ place, victims, clients: 6, spread: 500 });
    expect(verdicts.filter((v) => v.wrong.length > 0)).toEqual([]);
    expect(toll.repeated).toBeGreaterThan(0);
  }, 300_000);

  it('answers what it has taken in at SIGTERM, ends its streams, and exits with 0 within 15 s', async () => {
    const { place, server, base, key } = await serve();
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const stream = readEvents(await fetch(`${base}/v1/orgs/${ORGANIZATION}/events`, { headers }));
    const ledger = openLedger();
    let refused = 0;
    const clients = Array.from({ length: 6 }, async () => {
      while (refused < 6) {
        const entry: (typeof ledger.contacts)[number] = { marker: `kill ${randomUUID()}` };
        const body = JSON.stringify({ name: entry.marker });
        try {
          const made = await fetch(`${base}/v1/orgs/${ORGANIZATION}/data/contacts`, {
            method: 'POST',
            headers,
            body,
          });
          if (made.status !== 201) throw new Error(`${made.status}`);
          ledger.contacts.push({ ...entry, id: ((await made.json()) as { id: string }).id });
        } catch {
          refused += 1;
          return;
        }
      }
    });
    while (ledger.contacts.length < 12) await pause(20);
    server.signal('SIGTERM');
    const asked = performance.now();
    expect(await server.ended).toBe(0);
    expect(performance.now() - asked).toBeLessThan(15_000);
    while (await stream.next());
    await Promise.all(clients);

    const again = runServer(place);
    started.push(again);
    await again.ready();
    const verdicts = await judgeOf(place, ledger);
    expect(verdicts.filter((v) => v.wrong.length > 0)).toEqual([]);
    await again.kill();
  }, 180_000);

  it('ends at once at the second Ctrl-C, although a request is still coming in', async () => {
    const { server, base, key } = await serve();
    const upload = request(`${base}/v1/orgs/${ORGANIZATION}/files?name=slow.txt`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'text/plain', 'content-length': '1000' },
    });
    upload.on('error', () => {});
    upload.write('the beginning');
    await new Promise((sent) => setTimeout(sent, 300));
    server.signal('SIGINT');
    // A second signal within half a second is the first one, passed on.
    await pause(700);
    server.signal('SIGINT');
    const asked = performance.now();
    expect(await server.ended).toBe(130);
    expect(performance.now() - asked).toBeLessThan(3_000);
  }, 120_000);
});
