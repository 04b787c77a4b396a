import { compareCatalogues, readCatalogue } from '../database/catalogue.ts';
import { connectTo } from '../database/client.ts';
import { type Declared, declaredCatalogue, migrationStatus, readMigrations } from '../migrations/index.ts';
import { type DriftItem, explainDrift } from '../tenancy/checks/index.ts';
import { type Command, runCommand } from './command.ts';
import { withSession } from './session.ts';

export interface SyncReport {
  readonly drift: readonly DriftItem[];
  /** Migrations that are not applied yet, which may be the reason. */
  readonly pending: readonly string[];
  readonly ok: boolean;
}

export interface SyncOptions {
  /** The owner of the database; its server also builds the declared schema, in a scratch database. */
  readonly ownerUrl: string;
  readonly root: string;
  /** What `declaredCatalogue` gave, where the caller has it already: building it takes seconds. */
  readonly declared?: Declared;
}

/**
 * Compares everything that migrations make (tables, columns, enums, indexes, constraints, policies, privileges,
 * functions, …) with what the annotated schema declares, each side as the server prints it.
 */
export async function findDrift({ ownerUrl, root, declared }: SyncOptions): Promise<SyncReport> {
  const { boundary, pieces, catalogue } = declared ?? (await declaredCatalogue(root, ownerUrl));
  const client = await connectTo(ownerUrl);
  try {
    const differences = compareCatalogues(catalogue, await readCatalogue(client));
    const drift = explainDrift(differences, { boundary, pieces: [...pieces.before, ...pieces.after] });
    const migrations = await migrationStatus(client, readMigrations(root));
    const pending = migrations.filter((m) => m.state === 'pending').map((m) => m.name);
    return { drift, pending, ok: drift.length === 0 };
  } finally {
    await client.end();
  }
}

/**
 * The report for a person: one line when all is well, else by kind of object; under each what is expected, what is
 * there, and the statement that mends it, or where there is none, what to do.
 */
export function syncText({ drift, pending, ok }: SyncReport): string {
  if (ok) return 'The database is what the schema declares.';
  const kinds = [...new Set(drift.map((d) => d.kind))];
  const groups = kinds.map((kind) => {
    const items = drift.filter((d) => d.kind === kind);
    return `${kind} (${items.length})\n${items.map(itemText).join('\n')}`;
  });
  const count = drift.length === 1 ? 'One difference' : `${drift.length} differences`;
  const first = pending.length === 1 ? pending[0] : `${pending.length} migrations`;
  const reason =
    pending.length === 0 ? '' : ` Not applied yet, which may be the reason: ${first} → npm run db:apply`;
  return `${groups.join('\n\n')}\n\n${count} between schema and database.${reason}`;
}

function itemText({ object, kind, expected, actual, statement, detail, remedy }: DriftItem): string {
  // Of a function or view the line that differs is enough; --json has the whole.
  const sides =
    kind === 'function' || kind === 'view'
      ? [['is', detail]]
      : [
          ['expected', expected ?? 'nothing'],
          ['actual', actual ?? 'nothing'],
        ];
  const rows = [...sides, statement ? ['mend', statement] : ['→', remedy]];
  const lines = rows.map(
    ([name, text]) => `    ${name!.padEnd(8)}  ${text!.replaceAll('\n', `\n${' '.repeat(14)}`)}`,
  );
  return `  ${object}\n${lines.join('\n')}`;
}

const command: Command = {
  name: 'db:sync',
  summary: 'Shows where the database and the schema differ, and how to bring them together. Changes nothing.',
  options: {
    json: {
      type: 'boolean',
      help: 'print one object: {drift: [{key, change, expected, actual, statement, …}], pending: […], ok}',
    },
  },
  exits: { 0: 'no difference', 1: 'there are differences' },
  run: (values) =>
    withSession(values.json === true, async ({ root, database, progress }) => {
      progress.step('build the declared schema and compare');
      const report = await findDrift({ ownerUrl: database.urls.owner, root });
      progress.done();
      console.log(values.json ? JSON.stringify(report, null, 2) : syncText(report));
      return report.ok ? 0 : 1;
    }),
};

if (import.meta.main) await runCommand(command);
