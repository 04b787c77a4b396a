import { sweepErased } from '../modules/files/index.ts';
import type { Storage } from '../storage/index.ts';
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

/**
 * Bytes of organizations that are no more. They go outside the database, unlike other work of the platform: what a killed
 * worker had removed is gone, and the rest is found again.
 */
const sweepOf = (storage: Storage): PlatformJob => ({
  name: 'files.sweep-erased',
  schedule: { cron: '41 4 * * *' },
  work: (client) => sweepErased(client, storage),
});

/** What the server keeps for a while only; with its storage, files of erased organizations too. */
export function housekeeping(storage?: Storage): PlatformJob[] {
  return [
    ...(storage ? [sweepOf(storage)] : []),
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
