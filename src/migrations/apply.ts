import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { connectTo } from '../database/client.ts';
import { healAtomicMigrations } from '../database/engine/heal.ts';
import { withMigrationLock } from '../database/engine/lock.ts';
import { runScript } from '../database/run-script.ts';
import { splitStatements } from '../database/statements.ts';
import { LotlineError } from '../errors.ts';
import { describeFailure, isBusy } from './failure.ts';
import { type Migration, readMigrations } from './folder.ts';
import { ensureHistory, migrationStatus, requireConsistentHistory } from './history.ts';
import { rehearse } from './rehearse.ts';

export interface ApplyOptions {
  readonly root: string;
  readonly ownerUrl: string;
  readonly onProgress?: (step: string) => void;
  /** How long a statement waits for a lock, in milliseconds; 5,000 unless told. */
  readonly lockTimeout?: number;
  /** How long one statement may run, in milliseconds; ten minutes unless told. */
  readonly statementTimeout?: number;
  /** Pause before the second and third attempt, in milliseconds. */
  readonly backoff?: readonly [number, number];
  /** False leaves the rehearsal out; an empty database is not rehearsed, since there is nothing to harm. */
  readonly rehearsal?: boolean;
}

export interface AppliedMigration {
  readonly name: string;
  readonly ms: number;
  readonly attempts: number;
}

const ATTEMPTS = 3;

/**
 * Applies what is pending. Each migration and its line in the history are one transaction; killed at any moment,
 * the database is as before it or as after it. Two at once: the second waits ten seconds for the first, then says so.
 * @throws LotlineError `MIGRATION_…` naming the statement and why; what is said to be unchanged is unchanged.
 */
export async function applyMigrations(options: ApplyOptions): Promise<AppliedMigration[]> {
  const { root, ownerUrl, onProgress = () => {} } = options;
  const migrations = readMigrations(root);
  const client = await connectTo(ownerUrl);
  try {
    return await withMigrationLock(client, async () => {
      await ensureHistory(client);
      const healed = await healAtomicMigrations(client, join(root, 'prisma/migrations'));
      for (const name of healed)
        onProgress(`${name} was interrupted earlier and left nothing behind; it is applied anew`);
      const status = await migrationStatus(client, migrations);
      requireConsistentHistory(status);
      const pending = migrations.filter((m) =>
        status.some((s) => s.name === m.name && s.state === 'pending'),
      );
      const applied = migrations.filter((m) => !pending.includes(m));
      for (const migration of pending) await requireOneTransaction(migration);
      if (pending.length > 0 && applied.length > 0 && options.rehearsal !== false) {
        onProgress(`rehearse ${count(pending)} on a copy of the schema`);
        await rehearse(ownerUrl, applied, pending);
      }
      const done: AppliedMigration[] = [];
      for (const migration of pending) {
        onProgress(`apply ${migration.name}`);
        done.push(await applyOne(client, migration, options));
      }
      return done;
    });
  } finally {
    await client.end();
  }
}

async function applyOne(
  client: pg.Client,
  migration: Migration,
  options: ApplyOptions,
): Promise<AppliedMigration> {
  const started = performance.now();
  for (let attempt = 1; ; attempt++) {
    try {
      await runInTransaction(client, migration, options);
      return { name: migration.name, ms: Math.round(performance.now() - started), attempts: attempt };
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {});
      if (!isBusy(error) || attempt === ATTEMPTS) throw applyError(error, migration, attempt);
      const wait = (options.backoff ?? [1000, 3000])[attempt - 1]!;
      options.onProgress?.(`a lock is busy; attempt ${attempt + 1} of ${ATTEMPTS} in ${wait / 1000} s`);
      await pause(wait);
    }
  }
}

/** What ends the transaction would leave half a migration, and no line in the history that tells. */
async function requireOneTransaction(migration: Migration): Promise<void> {
  // What is no SQL at all is left to the server, which tells it in its own words.
  const statements = await splitStatements(migration.sql, migration.path).catch(() => []);
  const ending = statements.find((s) => s.type === 'TransactionStmt');
  if (!ending) return;
  throw new LotlineError(
    'MIGRATION_TRANSACTION',
    `${migration.path}:${ending.line} ends the transaction that makes the migration whole. Nothing was done.`,
    'leave out BEGIN, COMMIT and ROLLBACK',
  );
}

async function runInTransaction(
  client: pg.Client,
  migration: Migration,
  options: ApplyOptions,
): Promise<void> {
  const { lockTimeout = 5000, statementTimeout = 600_000 } = options;
  const id = randomUUID();
  await client.query('BEGIN');
  await client.query(`SET LOCAL lock_timeout = ${Math.round(lockTimeout)}`);
  await client.query(`SET LOCAL statement_timeout = ${Math.round(statementTimeout)}`);
  await client.query(
    'INSERT INTO public._prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)',
    [id, migration.checksum, migration.name],
  );
  await runScript(client, migration.sql);
  await client.query(
    'UPDATE public._prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE id = $1',
    [id],
  );
  await client.query('COMMIT');
}

function applyError(error: unknown, migration: Migration, attempts: number): LotlineError {
  const { code, text } = describeFailure(error, migration);
  if (isBusy(error)) {
    return new LotlineError(
      'MIGRATION_LOCK_BUSY',
      `${migration.name} could not get its locks in ${attempts} attempts. Nothing was changed.\n${text}`,
      'find who holds the table (SELECT pid, state, query FROM pg_stat_activity), or repeat at a quieter time',
      { cause: error },
    );
  }
  return new LotlineError(
    'MIGRATION_STATEMENT_FAILED',
    `${migration.name} failed and was rolled back whole: nothing was changed.\n${text}`,
    code === '42501'
      ? 'give the role the privilege that the message names'
      : 'mend the data or the schema that the message names, then repeat',
    { cause: error },
  );
}

function count(pending: readonly Migration[]): string {
  return pending.length === 1 ? pending[0]!.name : `${pending.length} migrations`;
}
