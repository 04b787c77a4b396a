import pg from 'pg';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { tenant } from '../../../test/support/tenants.ts';
import { type AnyJob, job, prepareQueue, z } from '../../queue/index.ts';
import { housekeeping } from '../housekeeping.ts';
import { enqueueDue, readSchedules } from './enqueue-due.ts';
import { readPlatformJobs, runPlatformJobs } from './run-platform-jobs.ts';

const at = (time: string) => new Date(`2027-${time}Z`);
let named = 0;

/** A job with a schedule of its own name, so that tests do not meet each other's. */
function daily(timezone?: string): AnyJob {
  named += 1;
  return job({
    name: `test.daily-${named}`,
    input: z.object({}),
    schedule: { cron: '0 6 * * *', ...(timezone ? { timezone } : {}) },
    work: async () => {},
  });
}

describe('schedules', () => {
  let db: TestDatabase;
  let pool: pg.Pool;
  let chicago: string;
  let berlin: string;

  beforeAll(async () => {
    db = await freshDatabase();
    await prepareQueue(db.urls.platform);
    pool = new pg.Pool({ connectionString: db.urls.platform });
    db.beforeClose(() => pool.end());
    chicago = await organization('America/Chicago');
    berlin = await organization('Europe/Berlin');
  });

  const organization = async (timezone?: string) => {
    const { id } = await tenant(db);
    await db.platform.query(
      "UPDATE organizations SET created_at = '2027-01-01', settings = coalesce(jsonb_build_object('timezone', $2::text), '{}') WHERE id = $1",
      [id, timezone ?? 'Nowhere/Land'],
    );
    return id;
  };
  const scheduled = async (name: string, organizationId: string) =>
    (
      await db.platform.query<{ at: Date }>(
        'SELECT scheduled_for AS at FROM queue.runs WHERE name = $1 AND organization_id = $2 ORDER BY 1',
        [name, organizationId],
      )
    ).rows.map((r) => r.at.toISOString().slice(5, 16));

  it('are met once for every organization, by whoever looks, however often', async () => {
    const one = daily();
    const schedules = readSchedules([one]);
    expect(await enqueueDue(pool, schedules, at('03-01T05:00:00'))).toEqual([]);
    const looks = await Promise.all([1, 2, 3].map(() => enqueueDue(pool, schedules, at('03-01T06:00:00'))));
    expect(looks.flat()).toHaveLength(2);
    expect(await enqueueDue(pool, schedules, at('03-02T05:59:59'))).toEqual([]);
    expect(await scheduled(one.name, berlin)).toEqual(['03-01T06:00']);
    const { rows } = await db.platform.query(
      'SELECT count(*)::int AS words FROM graphile_worker.jobs j JOIN queue.runs r ON r.id::text = j.key WHERE r.name = $1',
      [one.name],
    );
    expect(rows).toEqual([{ words: 2 }]);
  });

  it('follow the clock of the organization; one without a known zone has that of UTC', async () => {
    const own = daily('organization');
    const nowhere = await organization();
    const schedules = readSchedules([own]);
    for (const time of ['07-01T00:00:00', '07-01T04:00:00', '07-01T06:00:00', '07-01T11:00:00'])
      await enqueueDue(pool, schedules, at(time));
    expect(await scheduled(own.name, berlin)).toEqual(['07-01T04:00']);
    expect(await scheduled(own.name, nowhere)).toEqual(['07-01T06:00']);
    expect(await scheduled(own.name, chicago)).toEqual(['07-01T11:00']);
    await db.platform.query('UPDATE organizations SET archived_at = now() WHERE id = $1', [nowhere]);
  });

  it('catch up the last of what was missed, and nothing from before they were known', async () => {
    const one = daily();
    const schedules = readSchedules([one]);
    expect(await enqueueDue(pool, schedules, at('04-01T12:00:00'))).toEqual([]);
    await enqueueDue(pool, schedules, at('04-02T06:00:00'));
    await enqueueDue(pool, schedules, at('04-09T23:00:00'));
    expect(await scheduled(one.name, berlin)).toEqual(['04-02T06:00', '04-09T06:00']);
  });

  it('leave out organizations that are archived, or were not there yet', async () => {
    const one = daily();
    const schedules = readSchedules([one]);
    await enqueueDue(pool, schedules, at('05-01T12:00:00'));
    const late = await organization('UTC');
    const archived = await organization('UTC');
    await db.platform.query("UPDATE organizations SET created_at = '2027-05-02 09:00Z' WHERE id = $1", [
      late,
    ]);
    await db.platform.query('UPDATE organizations SET archived_at = now() WHERE id = $1', [archived]);
    await enqueueDue(pool, schedules, at('05-02T10:00:00'));
    expect([await scheduled(one.name, late), await scheduled(one.name, archived)]).toEqual([[], []]);
    await enqueueDue(pool, schedules, at('05-03T06:00:01'));
    expect([await scheduled(one.name, late), await scheduled(one.name, archived)]).toEqual([
      ['05-03T06:00'],
      [],
    ]);
  });

  it('are refused as they are declared where they make no sense', () => {
    const wrong = job({
      name: 'test.wrong',
      input: z.object({}),
      schedule: { cron: '0 6 * * *', timezone: 'Mars' },
      work: async () => {},
    });
    expect(() => readSchedules([wrong])).toThrow(expect.objectContaining({ code: 'SCHEDULE_INVALID' }));
  });
});

describe('the work of the platform', () => {
  let db: TestDatabase;
  let pool: pg.Pool;
  const errors: object[] = [];
  const log = { info() {}, warn() {}, error: (fields: object) => void errors.push(fields) };

  beforeAll(async () => {
    db = await freshDatabase();
    pool = new pg.Pool({ connectionString: db.urls.platform });
    db.beforeClose(() => pool.end());
  });
  beforeEach(() => {
    errors.length = 0;
  });

  it('is done once when due, and again at the next look where it failed', async () => {
    let times = 0;
    let fails = true;
    const jobs = readPlatformJobs([
      {
        name: 'test.platform',
        schedule: { cron: '0 * * * *' },
        work: async (client) => {
          times += 1;
          await client.query("INSERT INTO queue.workers (id) VALUES ('half')");
          if (fails) throw new Error('half done');
          await client.query("DELETE FROM queue.workers WHERE id = 'half'");
        },
      },
    ]);
    const look = (time: string) => runPlatformJobs(pool, jobs, at(time), log);
    expect(await look('03-01T09:30:00')).toEqual([]);
    expect(await look('03-01T10:00:01')).toEqual([]);
    expect([times, errors.length]).toEqual([1, 1]);
    expect((await db.platform.query('SELECT FROM queue.workers')).rowCount).toBe(0);
    fails = false;
    const looks = await Promise.all([look('03-01T10:00:02'), look('03-01T10:00:02')]);
    expect(looks.flat()).toEqual(['test.platform']);
    expect(await look('03-01T10:59:59')).toEqual([]);
    expect(times).toBe(2);
  });

  it('removes what the server keeps for a while only', async () => {
    const { id, owner } = await tenant(db);
    await db.platform.query(
      `INSERT INTO server.idempotency_keys (organization_id, principal, key, request_sha256, created_at)
       SELECT $1, $2, age, sha256('x'), now() - age::interval FROM unnest('{47 hours,49 hours}'::text[]) age`,
      [id, owner],
    );
    await db.platform.query(
      `INSERT INTO server.rate_limits (bucket, window_start)
       SELECT sha256(age::bytea), now() - age::interval FROM unnest('{1 minute,2 hours}'::text[]) age`,
    );
    await db.platform.query(
      `INSERT INTO queue.runs (organization_id, name, input, status, finished_at)
       SELECT $1, 'a.b', to_jsonb(age), 'FAILED', now() - age::interval FROM unnest('{29 days,31 days}'::text[]) age`,
      [id],
    );
    await db.platform.query("INSERT INTO queue.runs (organization_id, name, input) VALUES ($1, 'a.b', '1')", [
      id,
    ]);
    const jobs = readPlatformJobs(housekeeping());
    await runPlatformJobs(pool, jobs, new Date(0), log);
    expect(await runPlatformJobs(pool, jobs, new Date(), log)).toEqual(jobs.map((j) => j.name));
    const { rows } = await db.platform.query(
      `SELECT (SELECT array_agg(key) FROM server.idempotency_keys) AS keys, (SELECT count(*)::int FROM server.rate_limits) AS limits,
         (SELECT array_agg(input ORDER BY input) FROM queue.runs) AS runs`,
    );
    expect(rows).toEqual([{ keys: ['47 hours'], limits: 1, runs: ['29 days', 1] }]);
    expect(errors).toEqual([]);
  });
});
