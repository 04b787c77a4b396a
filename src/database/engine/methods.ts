import type { DiffParams, DiffTarget, MigrationList } from '@prisma/schema-engine-wasm';
import type { Engine, Engines } from './engine.ts';
import { EngineFault } from './fault.ts';
import { healAtomicMigrations } from './heal.ts';
import { withMigrationLock } from './lock.ts';
import { createDatabase } from './server-commands.ts';

/** Asks Prisma's CLI to print a text; resolves when it has. */
export type Print = (content: string) => Promise<void>;

type Params = Record<string, unknown> & { migrationsList?: MigrationList };

/** Methods that change the database's schema or its migration history: one at a time on a database. */
const EXCLUSIVE = new Set([
  'applyMigrations',
  'markMigrationApplied',
  'markMigrationRolledBack',
  'reset',
  'schemaPush',
]);

/** Methods that judge the migration history, before which aborted atomic migrations are cleared away. */
const JUDGES_HISTORY = new Set(['applyMigrations', 'devDiagnostic']);

const NATIVE_TO_WASM: Record<string, string> = { getDatabaseVersion: 'version' };

/**
 * Runs one method of the schema engine's JSON-RPC interface.
 *
 * @throws EngineFault with Prisma's code and text wherever there is one
 */
export async function callMethod(
  engines: Engines,
  method: string,
  params: Params,
  url: string | undefined,
  print: Print,
) {
  if (method === 'createDatabase') return { databaseName: await createDatabase(url ?? '') };
  const engine = await engines.start(needsDatabase(method, params));
  const work = async () => {
    if (JUDGES_HISTORY.has(method)) await heal(engine, params);
    return invoke(engine, method, params);
  };
  const result = await (EXCLUSIVE.has(method) &&
  engine.main &&
  !process.env.PRISMA_SCHEMA_DISABLE_ADVISORY_LOCK
    ? withMigrationLock(engine.main.session, work)
    : work()
  ).finally(() => engine.main?.session.query('SELECT pg_advisory_unlock_all()').catch(() => undefined));
  if (method !== 'diff') return result ?? null;
  const { exitCode, stdout } = result as { exitCode: number; stdout: string | null };
  if (stdout) await print(stdout.replace(/\n$/, ''));
  return { exitCode, stdout: null };
}

function needsDatabase(method: string, params: Params): boolean {
  if (method !== 'diff') return true;
  const { from, to } = params as unknown as DiffParams;
  const onFiles = (target: DiffTarget) => target.tag === 'empty' || target.tag === 'schemaDatamodel';
  return !(onFiles(from) && onFiles(to));
}

async function heal(engine: Engine, params: Params): Promise<void> {
  if (engine.main === undefined || params.migrationsList === undefined) return;
  await healAtomicMigrations(engine.main.session, params.migrationsList.baseDir);
}

async function invoke(engine: Engine, method: string, params: Params): Promise<unknown> {
  try {
    if (method === 'dbExecute') return await engine.main?.adapter.executeScript(String(params.script));
    const name = NATIVE_TO_WASM[method] ?? method;
    const call = (engine.wasm as unknown as Record<string, ((params: Params) => unknown) | undefined>)[name];
    if (typeof call !== 'function')
      throw new EngineFault(undefined, `The schema engine has no method "${method}".`);
    return await call.call(engine.wasm, params);
  } catch (error) {
    throw describe(engine, params, error);
  }
}

/** Gives an engine error the shape of the native engine's: P3018 for a failed migration, the original error otherwise. */
function describe(engine: Engine, params: Params, error: unknown): unknown {
  const failed = engine.main?.failedScript;
  if ((error as { code?: string }).code || failed === undefined) return engine.original(error);
  const migration = params.migrationsList?.migrationDirectories.find(
    ({ migrationFile: { content } }) => content.tag === 'ok' && content.value === failed.script,
  );
  const { originalCode, severity } = failed.error.cause as { originalCode?: string; severity?: string };
  const database = `Database error code: ${originalCode}\n\nDatabase error:\n${severity}: ${failed.error.message}`;
  if (migration === undefined) return new EngineFault(undefined, database);
  return new EngineFault(
    'P3018',
    'A migration failed to apply. New migrations cannot be applied before the error is recovered from. ' +
      'Read more about how to resolve migration issues in a production database: https://pris.ly/d/migrate-resolve' +
      `\n\nMigration name: ${migration.path}\n\n${database}`,
  );
}
