import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type SqlSession, withMigrationLock } from './lock.ts';

/** A migration with this line finishes its own row in `_prisma_migrations` in the transaction that applies it. */
export const ATOMIC_MARKER = '-- lotline:atomic';

/**
 * Marks aborted atomic migrations as rolled back, as `prisma migrate resolve --rolled-back` would, so that the next
 * deploy applies them again.
 *
 * An atomic migration's row is finished by its own transaction. A row that is neither finished nor rolled back, seen
 * while holding the lock under which migrations run, therefore belongs to a transaction that did not commit.
 * Rows of other migrations stay as they are: Prisma reports them as P3009.
 *
 * @param session connection whose `search_path` leads to `_prisma_migrations`
 * @param migrationsDir folder that holds `<name>/migration.sql`
 * @returns names of the migrations marked, in the order they were started
 * @throws LotlineError `migration_lock_held` when a migration runs elsewhere for longer than the lock is waited for
 */
export async function healAtomicMigrations(session: SqlSession, migrationsDir: string): Promise<string[]> {
  return withMigrationLock(session, async () => {
    const { rows: tables } = await session.query(
      "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS present",
    );
    if (tables[0]?.present !== true) return [];
    const { rows } = await session.query(
      `SELECT migration_name FROM _prisma_migrations
        WHERE finished_at IS NULL AND rolled_back_at IS NULL GROUP BY 1 ORDER BY min(started_at)`,
    );
    const unfinished = rows.map((row) => String(row.migration_name));
    const atomic = [];
    for (const name of unfinished) if (await isAtomicFile(name, migrationsDir)) atomic.push(name);
    if (atomic.length > 0) {
      await session.query(
        `UPDATE _prisma_migrations SET rolled_back_at = now()
          WHERE finished_at IS NULL AND rolled_back_at IS NULL AND migration_name = ANY ($1)`,
        [atomic],
      );
    }
    return atomic;
  });
}

/** Whether the text of a migration carries the marker. */
export function isAtomic(sql: string): boolean {
  return sql.split('\n').some((line) => line.trim() === ATOMIC_MARKER);
}

async function isAtomicFile(name: string, migrationsDir: string): Promise<boolean> {
  if (name !== basename(name)) return false;
  const sql = await readFile(join(migrationsDir, name, 'migration.sql'), 'utf8').catch(() => '');
  return isAtomic(sql);
}
