import { type Migration, summarize } from '../migrations/index.ts';
import type { MigrationFacts } from './step.ts';

export interface MigrationContents {
  readonly tables: readonly string[];
  readonly enums: readonly string[];
  readonly facts: MigrationFacts;
}

/** What each migration makes, in the terms of the report. The compiler's own key table is not counted. */
export function migrationContents(migrations: readonly Migration[]): Promise<MigrationContents[]> {
  return Promise.all(
    migrations.map(async ({ name, sql, path }) => {
      const { tables, indexes, foreignKeys, checks, policies, createdTables, createdEnums } = await summarize(
        sql,
        path,
      );
      const facts = { name, tables, indexes, foreignKeys, checks, policies };
      return { tables: createdTables, enums: createdEnums, facts };
    }),
  );
}
