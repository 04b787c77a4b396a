import { describe, expect, it } from 'vitest';
import { freePort } from '../../test/kill/programs.ts';
import { appOn } from '../../test/support/app.ts';
import { freshDatabase } from '../../test/support/database.ts';
import { openLog } from './log.ts';
import { startServer } from './server.ts';

describe('a server that starts', () => {
  it('answers who connected before everything was there', async () => {
    const db = await freshDatabase();
    const { config } = await appOn(db);
    const port = await freePort();
    const settings = { ...config, server: { ...config.server, port, portPrescribed: true, workers: 0 } };
    const database = { kind: 'external', urls: db.urls, derivedLogins: [], close: async () => {} } as const;
    let ready = false;
    const starting = startServer(settings, database, openLog('silent')).finally(() => {
      ready = true;
    });
    const early: Promise<number>[] = [];
    while (!ready) {
      early.push(
        fetch(`http://127.0.0.1:${port}/healthz`).then(
          (answer) => answer.status,
          () => 0,
        ),
      );
      await new Promise((next) => setImmediate(next));
    }
    const server = await starting;
    const statuses = await Promise.all(early);
    await server.stop();
    // Told to come again until the server is there; nobody waits without an answer.
    const answered = statuses.filter((status) => status !== 0);
    expect(answered.length).toBeGreaterThan(0);
    expect(answered.every((status) => status === 503 || status === 200)).toBe(true);
  });
});
