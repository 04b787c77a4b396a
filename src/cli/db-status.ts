import { connectTo } from '../database/client.ts';
import type { Database } from '../database/connect.ts';
import { type MigrationStatus, migrationStatus, readMigrations } from '../migrations/index.ts';
import { type Command, runCommand } from './command.ts';
import { withSession } from './session.ts';

export interface StatusReport {
  readonly migrations: readonly MigrationStatus[];
  readonly server: {
    /** `18.4`, without what the packager added. */
    readonly version: string;
    readonly kind: Database['kind'];
    readonly host: string;
    readonly port: number;
  };
  readonly database: { readonly name: string; readonly user: string; readonly bytes: number };
  /** Every migration is applied as it stands in the repository. */
  readonly ok: boolean;
}

/** How far the database is, and which one it is. Passwords are not read from the server and not in the report. */
export async function databaseStatus(options: {
  readonly ownerUrl: string;
  readonly root: string;
  readonly kind: Database['kind'];
}): Promise<StatusReport> {
  const { ownerUrl, root, kind } = options;
  const client = await connectTo(ownerUrl);
  try {
    const migrations = await migrationStatus(client, readMigrations(root));
    const { rows } = await client.query<{ version: string; name: string; user: string; bytes: string }>(
      `SELECT split_part(current_setting('server_version'), ' ', 1) AS version, current_database() AS name,
         current_user::text AS user, pg_database_size(current_database())::text AS bytes`,
    );
    const { version, name, user, bytes } = rows[0]!;
    return {
      migrations,
      server: { version, kind, host: client.host, port: client.port },
      database: { name, user, bytes: Number(bytes) },
      ok: migrations.every((m) => m.state === 'applied'),
    };
  } finally {
    await client.end();
  }
}

const REMEDIES: Record<MigrationStatus['state'], (name: string) => string> = {
  applied: () => '',
  pending: () => 'npm run db:apply',
  edited: (name) =>
    `restore the file: git checkout -- prisma/migrations/${name}; put the change into a new migration`,
  failed: (name) => `repair by hand, then: npx prisma migrate resolve --rolled-back ${name} (or --applied)`,
  unknown: () => 'get the newer version of the repository, or choose another database',
};

/** The report for a person. */
export function statusText({ migrations, server, database, ok }: StatusReport): string {
  const width = Math.max(0, ...migrations.map((m) => m.name.length));
  const lines = migrations.map(({ name, state, finishedAt }) => {
    const when = finishedAt ? `  ${finishedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC` : '';
    const remedy = REMEDIES[state](name);
    return `  ${name.padEnd(width)}  ${state}${when}${remedy ? `  → ${remedy}` : ''}`;
  });
  const megabytes = (database.bytes / 1024 / 1024).toFixed(1);
  return [
    `PostgreSQL ${server.version}, ${server.kind}, at ${server.host}:${server.port}`,
    `database ${database.name}, ${megabytes} MB, as ${database.user}`,
    migrations.length === 0 ? 'no migrations in prisma/migrations' : `migrations\n${lines.join('\n')}`,
    ok ? 'All migrations are applied.' : 'Not in order: see the lines with an arrow.',
  ].join('\n');
}

const command: Command = {
  name: 'db:status',
  summary: 'Shows which migrations the database has, and which database it is. Changes nothing.',
  options: { json: { type: 'boolean', help: 'print one object: {migrations, server, database, ok}' } },
  exits: { 0: 'every migration is applied', 1: 'a migration is pending, edited, failed or unknown' },
  run: (values) =>
    withSession(values.json === true, async ({ root, database }) => {
      const report = await databaseStatus({ ownerUrl: database.urls.owner, root, kind: database.kind });
      console.log(values.json ? JSON.stringify(report, null, 2) : statusText(report));
      return report.ok ? 0 : 1;
    }),
};

if (import.meta.main) await runCommand(command);
