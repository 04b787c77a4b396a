export { installContextKey } from '../tenancy/index.ts';
export { type AppliedMigration, type ApplyOptions, applyMigrations } from './apply.ts';
export { type Declared, declaredCatalogue } from './declared.ts';
export { type Migration, readMigrations } from './folder.ts';
export {
  type MigrationState,
  type MigrationStatus,
  migrationStatus,
  requireConsistentHistory,
} from './history.ts';
export { type LintFinding, lintMigration } from './lint.ts';
export { type MigrationSummary, summarize } from './summary.ts';
export { type WriteOptions, type WrittenMigration, writeMigration } from './write.ts';
