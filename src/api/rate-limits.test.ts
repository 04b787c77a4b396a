import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { openLog } from './log.ts';
import { openRateLimits, type RateLimits } from './rate-limits.ts';

let db: TestDatabase;
let pool: pg.Pool;
const log = openLog('silent');
const BUCKET = 'ab'.repeat(32);
const open: RateLimits[] = [];

beforeAll(async () => {
  db = await freshDatabase();
  pool = new pg.Pool({ connectionString: db.urls.platform, max: 2 });
  db.beforeClose(async () => {
    await Promise.all(open.map((limits) => limits.close()));
    await pool.end();
  });
});

/** One server's counts, by a clock that the test moves. */
function limitsAt(clock: { now: number }, of = pool): RateLimits {
  const limits = openRateLimits(of, log, () => clock.now);
  open.push(limits);
  return limits;
}

describe('the counts of requests', () => {
  it('are of a minute, and begin anew with the next', () => {
    const clock = { now: 10 * 60_000 + 45_000 };
    const limits = limitsAt(clock);
    expect(limits.count('01'.repeat(32))).toEqual({ used: 1, resetSeconds: 15 });
    expect(limits.count('01'.repeat(32)).used).toBe(2);
    expect(limits.count('02'.repeat(32)).used).toBe(1);
    clock.now += 15_000;
    expect(limits.count('01'.repeat(32))).toEqual({ used: 1, resetSeconds: 60 });
  });

  it('of two servers on one database add up once both have told it', async () => {
    const clock = { now: 20 * 60_000 };
    const [one, two] = [limitsAt(clock), limitsAt(clock)];
    for (let i = 0; i < 5; i += 1) one.count(BUCKET);
    for (let i = 0; i < 7; i += 1) two.count(BUCKET);
    await one.flush();
    await two.flush();
    expect(two.count(BUCKET).used).toBe(13);
    one.count(BUCKET);
    await one.flush();
    expect(one.count(BUCKET).used).toBe(14);
  });

  it('are stored by what their bucket hashes to, never by an address', async () => {
    const limits = limitsAt({ now: Date.UTC(2026, 0, 1, 12) });
    limits.count('address 198.51.100.7');
    await limits.flush();
    const { rows } = await db.superuser.query(
      `SELECT hits FROM server.rate_limits WHERE bucket = sha256('address 198.51.100.7')`,
    );
    expect(rows).toEqual([{ hits: 1 }]);
  });

  it('that come while others are told are not lost, nor told twice', async () => {
    const clock = { now: 30 * 60_000 };
    const [one, two] = [limitsAt(clock), limitsAt(clock)];
    for (let round = 0; round < 10; round += 1) {
      one.count(BUCKET);
      const [a, b] = [one.flush(), two.flush()];
      one.count(BUCKET);
      two.count(BUCKET);
      await Promise.all([a, b]);
    }
    await Promise.all([one.close(), two.close()]);
    const { rows } = await pool.query('SELECT hits FROM server.rate_limits WHERE window_start = $1', [
      new Date(30 * 60_000).toISOString(),
    ]);
    expect(rows).toEqual([{ hits: 30 }]);
  });

  it('go on in one server while the database is out of reach', async () => {
    const gone = new pg.Pool({ host: '127.0.0.1', port: 1, connectionTimeoutMillis: 1_000 });
    const limits = limitsAt({ now: 40 * 60_000 }, gone);
    limits.count(BUCKET);
    await limits.flush();
    expect(limits.count(BUCKET).used).toBe(2);
    await limits.close();
    await gone.end();
  });
});
