import { createInterface } from 'node:readline/promises';
import { LotlineError } from '../errors.ts';
import {
  type LintFinding,
  lintMigration,
  type MigrationSummary,
  summarize,
  writeMigration,
} from '../migrations/index.ts';
import { runCommand } from './command.ts';
import { withSession } from './session.ts';

export interface MigrateReport {
  readonly name: string;
  readonly path: string;
  readonly summary: MigrationSummary;
  readonly findings: readonly LintFinding[];
}

/** Writes the next migration and looks it over. Undefined where the migrations are the schema already. */
export async function migrate(
  options: Parameters<typeof writeMigration>[0],
): Promise<MigrateReport | undefined> {
  const written = await writeMigration(options);
  if (!written) return undefined;
  const { name, path, sql } = written;
  return { name, path, summary: await summarize(sql, path), findings: await lintMigration(sql, path) };
}

if (import.meta.main) {
  await runCommand({
    name: 'db:migrate',
    summary: 'Writes the next migration: what leads from the committed migrations to the annotated schema.',
    options: {
      name: {
        type: 'string',
        value: 'words',
        help: 'what it does, e.g. add-listing-photos; asked for when left out on a terminal',
      },
      json: { type: 'boolean', help: 'print one JSON object' },
    },
    exits: {
      0: 'written, or nothing to write',
      1: 'the schema is at fault, or a statement in the migration is dangerous',
    },
    async run({ name, json }) {
      const words = typeof name === 'string' ? name : await askName();
      return withSession(Boolean(json), async ({ root, database, progress }) => {
        const report = await migrate({
          root,
          ownerUrl: database.urls.owner,
          name: words,
          onProgress: progress.step,
        });
        progress.done();
        if (json)
          console.log(JSON.stringify(report ? { ok: true, ...report } : { ok: true, name: null }, null, 2));
        else
          console.log(
            report ? describe(report) : 'The migrations are the schema already; there is nothing to write.',
          );
        return report?.findings.some((f) => f.level === 'danger') ? 1 : 0;
      });
    },
  });
}

async function askName(): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new LotlineError(
      'USAGE',
      'The migration needs a name.',
      'npm run db:migrate -- --name add-listing-photos',
    );
  }
  const dialog = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await dialog.question('What does the migration do? (e.g. add-listing-photos) ');
  } finally {
    dialog.close();
  }
}

function describe({ path, summary, findings }: MigrateReport): string {
  const counts = [
    [summary.tables, 'table', 'tables'],
    [summary.enums, 'enum', 'enums'],
    [summary.indexes, 'index', 'indexes'],
    [summary.foreignKeys, 'foreign key', 'foreign keys'],
    [summary.checks, 'check', 'checks'],
    [summary.policies, 'policy', 'policies'],
    [summary.functions, 'function', 'functions'],
    [summary.triggers, 'trigger', 'triggers'],
    [summary.views, 'view', 'views'],
  ] as const;
  const made = counts.filter(([n]) => n > 0).map(([n, one, many]) => `${n} ${n === 1 ? one : many}`);
  const lines = [
    path,
    `  makes ${made.join(', ') || 'nothing new'} in ${summary.statements} statements, all or nothing`,
    ...(summary.alteredTables.length > 0 ? [`  changes ${summary.alteredTables.join(', ')}`] : []),
    ...findings.map(
      (f) =>
        `  ${f.level === 'danger' ? 'DANGER' : 'caution'}  line ${f.line}: ${f.message}\n           ${f.remedy}`,
    ),
    'Read it, then: npm run db:apply',
  ];
  return lines.join('\n');
}
