import pg from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { freshDatabase } from '../../test/support/database.ts';
import { openLog } from './log.ts';
import { openRateLimits } from './rate-limits.ts';

const db = await freshDatabase();
const NOON = Date.UTC(2026, 0, 1, 12);

/** Limits of one server; the clock stands where it is put. */
function limits(clock: { now: number }) {
  const pool = new pg.Pool({ connectionString: db.urls.platform, max: 1 });
  const opened = openRateLimits(pool, openLog('silent'), () => clock.now);
  onTestFinished(async () => {
    await opened.close();
    await pool.end();
  });
  return opened;
}

it('counts what another server has taken in once both have told the database', async () => {
  const clock = { now: NOON };
  const [here, there] = [limits(clock), limits(clock)];
  expect([here.count('shared').used, here.count('shared').used, there.count('shared').used]).toEqual([
    1, 2, 1,
  ]);
  await here.flush();
  await there.flush();
  expect(there.count('shared')).toEqual({ used: 4, resetSeconds: 60 });
});

it('begins anew with the next minute and tells how long that is', async () => {
  const clock = { now: NOON + 59_000 };
  const one = limits(clock);
  expect(one.count('minute')).toEqual({ used: 1, resetSeconds: 1 });
  await one.flush();
  clock.now += 1_000;
  expect(one.count('minute')).toEqual({ used: 1, resetSeconds: 60 });
});

it('stores no address, only what it hashes to', async () => {
  const one = limits({ now: NOON });
  one.count('address 198.51.100.7');
  await one.flush();
  const { rows } = await db.superuser.query(
    `SELECT hits FROM server.rate_limits WHERE bucket = sha256('address 198.51.100.7')`,
  );
  expect(rows).toEqual([{ hits: 1 }]);
});

it('goes on by its own counts while the database does not answer', async () => {
  const pool = new pg.Pool({ connectionString: db.urls.platform.replace(/:\d+\//, ':1/'), max: 1 });
  const one = openRateLimits(pool, openLog('silent'), () => NOON);
  one.count('alone');
  await one.flush();
  expect(one.count('alone').used).toBe(2);
  await one.close();
  await pool.end();
});
