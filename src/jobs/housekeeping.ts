import type { PlatformJob } from './platform-job.ts';

/** Rows of one statement, so that none holds its locks for long; the rest is taken at the next time. */
const ROWS = 20_000;

const removal = (name: string, cron: string, table: string, condition: string): PlatformJob => ({
  name,
  schedule: { cron },
  work: (client) =>
    client.query(
      `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${table} WHERE ${condition} LIMIT ${ROWS} FOR UPDATE SKIP LOCKED))`,
    ),
});

/** What the server keeps for a while only. */
export function housekeeping(): PlatformJob[] {
  return [
    removal(
      'server.remove-idempotency-keys',
      '7-59/15 * * * *',
      'server.idempotency_keys',
      "created_at < now() - interval '48 hours'",
    ),
    removal(
      'server.remove-rate-limits',
      '*/5 * * * *',
      'server.rate_limits',
      "window_start < now() - interval '1 hour'",
    ),
    removal('queue.remove-runs', '37 * * * *', 'queue.runs', "finished_at < now() - interval '30 days'"),
  ];
}
