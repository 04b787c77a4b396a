import type { Step } from './step.ts';
import { commands } from './steps/commands.ts';
import { drift } from './steps/drift.ts';
import { enumsInUse } from './steps/enums-in-use.ts';
import { migrationsApplied } from './steps/migrations-applied.ts';
import { reading } from './steps/reading.ts';
import { rowSecurity } from './steps/row-security.ts';
import { schemaCounts } from './steps/schema-counts.ts';
import { studioTables } from './steps/studio-tables.ts';
import { tables } from './steps/tables.ts';

/** The state of the database, from what `prisma generate` left: about a second, nothing compiled, nothing spawned. */
export const quick: readonly Step[] = [reading, migrationsApplied, tables, rowSecurity, enumsInUse];

/** Everything that needs no browser. */
export const complete: readonly Step[] = [schemaCounts, ...commands, ...quick, drift];

/** Everything. */
export const full: readonly Step[] = [...complete, studioTables];
