import { runScript } from '../database/run-script.ts';
import { LotlineError } from '../errors.ts';
import { describeFailure } from './failure.ts';
import type { Migration } from './folder.ts';
import { withScratchDatabase } from './scratch.ts';

/**
 * Runs the pending migrations on a throw-away copy of the schema, made of the migrations already applied. It finds
 * what depends on the schema; what depends on the data shows only in the real run, which is atomic.
 * @throws LotlineError `MIGRATION_REHEARSAL_FAILED` with the statement; the real database has not been touched.
 */
export async function rehearse(
  ownerUrl: string,
  applied: readonly Migration[],
  pending: readonly Migration[],
): Promise<void> {
  await withScratchDatabase(ownerUrl, async (client) => {
    for (const migration of applied) await client.query(migration.sql);
    for (const migration of pending) {
      try {
        await runScript(client, migration.sql);
      } catch (error) {
        throw new LotlineError(
          'MIGRATION_REHEARSAL_FAILED',
          `${migration.name} failed on a copy of the schema. The tables of the database itself were not touched.\n${describeFailure(error, migration).text}`,
          'mend the migration, or write it anew with npm run db:migrate',
          { cause: error },
        );
      }
    }
  });
}
