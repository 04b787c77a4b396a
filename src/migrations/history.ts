import type { ClientBase } from 'pg';
import { isAtomic } from '../database/engine/heal.ts';
import { LotlineError } from '../errors.ts';
import type { Migration } from './folder.ts';

export type MigrationState = 'applied' | 'pending' | 'failed' | 'edited' | 'unknown';

export interface MigrationStatus {
  readonly name: string;
  /** `unknown`: the database has it, the repository does not. */
  readonly state: MigrationState;
  readonly finishedAt?: Date;
}

interface Row {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

// As Prisma creates it, so that its own commands find what they expect.
const TABLE = `CREATE TABLE IF NOT EXISTS public._prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`;

export async function ensureHistory(client: ClientBase): Promise<void> {
  await client.query(TABLE);
}

/** What the database has of the committed migrations, in their order; what only the database knows comes last. */
export async function migrationStatus(
  client: ClientBase,
  migrations: readonly Migration[],
): Promise<MigrationStatus[]> {
  const rows = await readHistory(client);
  const known = migrations.map(({ name, checksum, sql }): MigrationStatus => {
    const row = rows.find((r) => r.migration_name === name);
    if (!row) return { name, state: 'pending' };
    // An atomic migration without a finish did not commit, so it is only waiting for its next turn.
    if (!row.finished_at) return { name, state: isAtomic(sql) ? 'pending' : 'failed' };
    return { name, state: row.checksum === checksum ? 'applied' : 'edited', finishedAt: row.finished_at };
  });
  const unknown = rows
    .filter((r) => !migrations.some((m) => m.name === r.migration_name))
    .map((r): MigrationStatus => ({ name: r.migration_name, state: 'unknown' }));
  return [...known, ...unknown];
}

async function readHistory(client: ClientBase): Promise<Row[]> {
  const { rows } = await client.query<{ present: boolean }>(
    "SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS present",
  );
  if (!rows[0]?.present) return [];
  const history = await client.query<Row>(
    `SELECT DISTINCT ON (migration_name) migration_name, checksum, finished_at
     FROM public._prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name, started_at DESC`,
  );
  return history.rows;
}

/**
 * Refuses to go on where history and repository contradict each other.
 * @throws LotlineError `MIGRATION_EDITED`, `MIGRATION_UNKNOWN`, `MIGRATION_FAILED`, `MIGRATION_ORDER`
 */
export function requireConsistentHistory(status: readonly MigrationStatus[]): void {
  const named = (state: MigrationState) => status.filter((s) => s.state === state).map((s) => s.name);
  const [edited, unknown, failed] = [named('edited'), named('unknown'), named('failed')];
  if (edited.length > 0) {
    throw new LotlineError(
      'MIGRATION_EDITED',
      `${edited.join(', ')} was changed after it had been applied to this database. Nothing was done.`,
      `restore the file (git checkout -- prisma/migrations/${edited[0]}) and put the change into a new migration`,
    );
  }
  if (unknown.length > 0) {
    throw new LotlineError(
      'MIGRATION_UNKNOWN',
      `The database has ${unknown.join(', ')}, which this repository does not. Nothing was done.`,
      'get the newer version of the repository, or point DATABASE_URL at the database that belongs to this one',
    );
  }
  if (failed.length > 0) {
    throw new LotlineError(
      'MIGRATION_FAILED',
      `${failed.join(', ')} failed earlier and is not atomic, so it may have been applied in part. Nothing was done.`,
      `repair the database by hand, then run: npx prisma migrate resolve --rolled-back ${failed[0]} (or --applied)`,
    );
  }
  const states = status.map((s) => s.state);
  const gap = status[states.indexOf('pending')];
  if (gap && states.lastIndexOf('applied') > states.indexOf('pending')) {
    throw new LotlineError(
      'MIGRATION_ORDER',
      `${gap.name} is not applied, but later migrations are. Nothing was done.`,
      'rename its folder so that it comes last, and check that it does not depend on the order',
    );
  }
}
