import type { DiffParams, DiffTarget, MigrationList, SchemaFilter } from '@prisma/schema-engine-wasm';
import { LotlineError } from '../../errors.ts';
import { connectionFault } from './connection-faults.ts';
import type { Engine, Engines } from './engine.ts';
import { EngineFault } from './fault.ts';
import { healAtomicMigrations } from './heal.ts';
import { withMigrationLock } from './lock.ts';
import { createDatabase } from './server-commands.ts';

/** Asks Prisma's CLI to print a text; resolves when it has. */
export type Print = (content: string) => Promise<void>;

/** What a method is given; the wire does not type it, the engine checks it. */
export type Params = Record<string, unknown> & { migrationsList?: MigrationList };

type EngineMethod = (params: Params) => Promise<unknown>;

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

/**
 * Methods that compare with the replayed migrations but, in the WebAssembly build, cannot open a shadow database for it:
 * they find the result once another method of the same engine has replayed the same migrations.
 */
const NEEDS_REPLAY = new Set(['evaluateDataLoss', 'createMigration']);

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
    if (method === 'applyMigrations') await warnOfEdited(engine, params, print);
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

/** The CLI looks for edited migrations in `migrate dev` alone; whoever deploys should hear of them too. */
async function warnOfEdited(
  { wasm }: Engine,
  { migrationsList, filters }: Params,
  print: Print,
): Promise<void> {
  if (migrationsList === undefined) return;
  const { editedMigrationNames } = await wasm.diagnoseMigrationHistory({
    migrationsList,
    filters: filters as SchemaFilter,
    optInToShadowDatabase: false,
  });
  if (editedMigrationNames.length === 0) return;
  await print(
    `WARNING The following migrations were edited after they had been applied to this database:\n` +
      editedMigrationNames.map((name) => `  ${name}\n`).join('') +
      'What the edit adds is not applied. Restore these files and put the change into a new migration.\n',
  );
}

async function invoke(engine: Engine, method: string, params: Params): Promise<unknown> {
  if (engine.main !== undefined) engine.main.failedScript = undefined;
  try {
    if (method === 'dbExecute') return await engine.main?.adapter.executeScript(String(params.script));
    if (method === 'getDatabaseVersion') return await engine.wasm.version();
    const call = (engine.wasm as unknown as Record<string, EngineMethod | undefined>)[method];
    if (typeof call !== 'function') {
      throw new EngineFault(undefined, `The schema engine has no method "${method}".`);
    }
    if (!NEEDS_REPLAY.has(method)) return await call.call(engine.wasm, params);
    return await call.call(engine.wasm, params).catch(async (error) => {
      if (error.code) throw error;
      await replayMigrations(engine, params);
      return call.call(engine.wasm, params);
    });
  } catch (error) {
    throw describe(engine, params, error);
  }
}

async function replayMigrations({ wasm }: Engine, { migrationsList, filters }: Params): Promise<void> {
  if (migrationsList === undefined || migrationsList.migrationDirectories.length === 0) return;
  const optInToShadowDatabase = true;
  await wasm.diagnoseMigrationHistory({
    migrationsList,
    filters: filters as SchemaFilter,
    optInToShadowDatabase,
  });
}

/** Gives an engine error the shape of the native engine's: a known code where there is one, no engine internals. */
function describe(engine: Engine, params: Params, error: unknown): unknown {
  const { main } = engine;
  const original = engine.original(error);
  if (original instanceof EngineFault || original instanceof LotlineError) return original;
  if (original !== error) return main === undefined ? original : connectionFault(original, main.target);
  if (main?.failedScript === undefined || (error as { code?: string }).code) return withoutTrace(error);
  const { script, error: failure } = main.failedScript;
  const { originalCode, severity } = failure.cause as { originalCode?: string; severity?: string };
  const database = `Database error code: ${originalCode}\n\nDatabase error:\n${severity}: ${failure.message}`;
  const migration = params.migrationsList?.migrationDirectories.find(
    ({ migrationFile: { content } }) => content.tag === 'ok' && content.value === script,
  );
  if (migration === undefined) return new EngineFault(undefined, database);
  return new EngineFault(
    'P3018',
    'A migration failed to apply. New migrations cannot be applied before the error is recovered from. ' +
      'Read more about how to resolve migration issues in a production database: https://pris.ly/d/migrate-resolve' +
      `\n\nMigration name: ${migration.path}\n\n${database}`,
  );
}

/** The engine ends some messages with a list of its own functions. */
function withoutTrace(error: unknown): unknown {
  if (error instanceof Error) error.message = error.message.replace(/\n\s+0: \w+::[\s\S]*$/, '');
  return error;
}
