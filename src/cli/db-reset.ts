import type pg from 'pg';
import type { Config } from '../config.ts';
import { connectTo } from '../database/client.ts';
import type { Database } from '../database/connect.ts';
import { quoteIdent } from '../database/quote.ts';
import { LotlineError } from '../errors.ts';
import type { AppliedMigration } from '../migrations/index.ts';
import { type ExitCode, runCommand } from './command.ts';
import { apply } from './db-apply.ts';
import { type Seeded, seed, seedText } from './db-seed.ts';
import { type Droppable, droppable } from './droppable.ts';
import { withSession } from './session.ts';

export interface ResetOptions {
  readonly config: Config;
  readonly database: Database;
  /** Name of the database that the caller means to empty; needed for an external one. */
  readonly confirm?: string;
  readonly seed?: boolean;
  /** Told what will be dropped before it is. */
  readonly announce?: (what: string) => void;
  readonly onProgress?: (step: string) => void;
}

export interface Reset {
  readonly dropped: readonly string[];
  readonly applied: readonly AppliedMigration[];
  readonly seeded?: Seeded;
}

/**
 * Drops what stands in `public`, `app` and the schemas that migrations made beside them, in one transaction, and applies all
 * migrations anew. Roles, other schemas, other databases and what extensions own stay.
 * @throws LotlineError `RESET_NOT_CONFIRMED` before anything is touched, `RESET_FAILED` with nothing dropped
 */
export async function reset(options: ResetOptions): Promise<Reset> {
  const { config, database, onProgress = () => {}, announce = () => {} } = options;
  const name = decodeURIComponent(new URL(database.urls.owner).pathname.slice(1));
  requireConfirmation(database.kind, name, options.confirm);
  const dropped = await drop(database.urls.owner, name, announce, onProgress);
  const applied = await apply({ config, database, onProgress });
  if (!options.seed) return { dropped, applied };
  return { dropped, applied, seeded: await seed(config.root, database, onProgress) };
}

function requireConfirmation(kind: Database['kind'], name: string, confirm: string | undefined): void {
  if (confirm === undefined ? kind === 'embedded' : confirm === name) return;
  throw new LotlineError(
    'RESET_NOT_CONFIRMED',
    confirm === undefined
      ? `The database "${name}" is not the embedded one; all of its data would be lost. Nothing was done.`
      : `The database is "${name}", not "${confirm}". Nothing was done.`,
    `if it is to be emptied: npm run db:reset -- --confirm ${name}`,
  );
}

async function drop(
  ownerUrl: string,
  database: string,
  announce: (what: string) => void,
  onProgress: (step: string) => void,
): Promise<string[]> {
  const client = await connectTo(ownerUrl);
  try {
    await client.query("BEGIN; SET LOCAL search_path = ''; SET LOCAL lock_timeout = '5s'");
    const things = await droppable(client);
    announce(await describe(client, database, things));
    onProgress(`drop ${things.length} objects`);
    for (const { kind, name, owner } of things) {
      // A member may not drop what it does not inherit; as the owner it may.
      await client.query(
        `SET LOCAL ROLE ${quoteIdent(owner)}; DROP ${kind} IF EXISTS ${name} CASCADE; RESET ROLE`,
      );
    }
    await client.query('COMMIT');
    return things.map(({ kind, name }) => `${kind.toLowerCase()} ${name}`);
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw failure(database, error);
  } finally {
    await client.end();
  }
}

async function describe(client: pg.Client, database: string, things: readonly Droppable[]): Promise<string> {
  if (things.length === 0) return `The database "${database}" is empty.`;
  const { rows } = await client.query<{ live: string }>(
    "SELECT coalesce(sum(n_live_tup), 0) AS live FROM pg_catalog.pg_stat_user_tables WHERE schemaname IN ('public', 'app')",
  );
  const count = (kind: string) => things.filter((t) => t.kind === kind).length;
  const others = things.length - count('TABLE');
  return `Dropping ${count('TABLE')} tables with about ${rows[0]?.live} rows and ${others} other objects of the database "${database}". Roles, other schemas and other databases stay.`;
}

function failure(database: string, error: unknown): LotlineError {
  const { message, code } = error as { message: string; code?: string };
  return new LotlineError(
    'RESET_FAILED',
    `The database "${database}" could not be emptied, and nothing was dropped: ${message}`,
    code === '55P03'
      ? 'end the commands that use it, then repeat'
      : 'mend what the message names, then repeat',
    { cause: error },
  );
}

if (import.meta.main) {
  await runCommand({
    name: 'db:reset',
    summary: 'Drops everything in the database and applies all migrations anew. All data is lost.',
    options: {
      seed: { type: 'boolean', help: 'then add the platform’s catalogue and the demo brokerages' },
      confirm: {
        type: 'string',
        value: 'database',
        help: 'name of the database to empty; needed when it is not the embedded one',
      },
      json: { type: 'boolean', help: 'print one JSON object' },
    },
    exits: {
      0: 'the database is new',
      1: 'nothing was dropped, or a migration failed; the message says which',
    },
    run: (values) =>
      withSession<ExitCode>(Boolean(values.json), async ({ config, database, progress }) => {
        const done = await reset({
          config,
          database,
          seed: Boolean(values.seed),
          ...(typeof values.confirm === 'string' ? { confirm: values.confirm } : {}),
          announce: (what) => {
            progress.done();
            if (!values.json) console.log(what);
          },
          onProgress: progress.step,
        });
        progress.done();
        if (values.json) console.log(JSON.stringify({ ok: true, ...done }, null, 2));
        else
          console.log(
            `Applied ${done.applied.length} migrations.${done.seeded ? `\n${seedText(done.seeded)}` : ''}`,
          );
        return 0;
      }),
  });
}
