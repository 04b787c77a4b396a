import type { Config } from '../config.ts';
import { connectTo } from '../database/client.ts';
import { type Database, ensureLogins, keyStore } from '../database/connect.ts';
import { LotlineError } from '../errors.ts';
import { type AppliedMigration, applyMigrations } from '../migrations/index.ts';
import { installContextKeys } from '../tenancy/index.ts';
import { type ExitCode, runCommand } from './command.ts';
import { withSession } from './session.ts';

export interface ApplySettings {
  readonly config: Config;
  readonly database: Database;
  readonly onProgress?: (step: string) => void;
  readonly lockTimeout?: number;
  readonly statementTimeout?: number;
}

/** Applies what is pending and makes the database usable: logins of the roles, key of the signed context. */
export async function apply(settings: ApplySettings): Promise<AppliedMigration[]> {
  const { config, database, onProgress, lockTimeout, statementTimeout } = settings;
  const applied = await applyMigrations({
    root: config.root,
    ownerUrl: database.urls.owner,
    ...(onProgress ? { onProgress } : {}),
    ...(lockTimeout ? { lockTimeout } : {}),
    ...(statementTimeout ? { statementTimeout } : {}),
  });
  await ensureLogins(database);
  const keys = (await keyStore(config, database)).read();
  const client = await connectTo(database.urls.owner);
  try {
    await installContextKeys(client, keys);
  } finally {
    await client.end();
  }
  return applied;
}

if (import.meta.main) {
  await runCommand({
    name: 'db:apply',
    summary:
      'Applies the pending migrations, each as a whole or not at all, after a rehearsal on a copy of the schema.',
    options: {
      'lock-timeout': {
        type: 'string',
        value: 'ms',
        help: 'how long a statement waits for a lock (5000); three attempts',
      },
      'statement-timeout': { type: 'string', value: 'ms', help: 'how long one statement may run (600000)' },
      json: { type: 'boolean', help: 'print one JSON object' },
    },
    exits: { 0: 'the database is up to date', 1: 'a migration failed; nothing was changed' },
    run: (values) =>
      withSession<ExitCode>(Boolean(values.json), async ({ config, database, progress }) => {
        const applied = await apply({
          config,
          database,
          onProgress: progress.step,
          ...milliseconds('lockTimeout', values['lock-timeout']),
          ...milliseconds('statementTimeout', values['statement-timeout']),
        });
        progress.done();
        if (values.json) console.log(JSON.stringify({ ok: true, applied }, null, 2));
        else if (applied.length === 0) console.log('The database is up to date.');
        else
          for (const { name, ms } of applied) console.log(`applied ${name} in ${(ms / 1000).toFixed(1)} s`);
        return 0;
      }),
  });
}

function milliseconds(name: 'lockTimeout' | 'statementTimeout', value: string | boolean | undefined) {
  if (value === undefined) return {};
  const number = Number(value);
  if (Number.isInteger(number) && number > 0) return { [name]: number };
  throw new LotlineError(
    'USAGE',
    `"${value}" is no time-out.`,
    'give whole milliseconds, for example --lock-timeout 5000',
  );
}
