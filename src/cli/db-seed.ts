import { seedSignIns } from '../auth/index.ts';
import { connectTo } from '../database/client.ts';
import type { Database } from '../database/connect.ts';
import { LotlineError } from '../errors.ts';
import { enqueueFor } from '../jobs/index.ts';
import { migrationStatus, readMigrations } from '../migrations/index.ts';
import { demoPeople } from '../modules/organizations/index.ts';
import { type SeedCounts, seedDemo, seedPlatform } from '../modules/provisioning/index.ts';
import { type ExitCode, runCommand } from './command.ts';
import { withSession } from './session.ts';

export interface Seeded {
  /** Rows that this run added. */
  readonly inserted: number;
  /** Per table: the rows that the seeds hold, and those that this run added. */
  readonly tables: SeedCounts;
}

/**
 * Adds what is missing of the platform's catalogue and of the demo brokerages; rows that are there stay as they are.
 * @throws LotlineError `SEED_NOT_MIGRATED`, `SEED_CONFLICT`
 */
export async function seed(
  root: string,
  database: Pick<Database, 'urls'>,
  onProgress: (step: string) => void = () => {},
): Promise<Seeded> {
  await requireMigrations(root, database.urls.owner);
  const client = await connectTo(database.urls.platform);
  try {
    onProgress('seed the platform');
    const platform = await seedPlatform(client);
    onProgress('seed the demo brokerages');
    const demo = await seedDemo(client);
    // What everybody knows is no password where real people sign in.
    if (process.env.NODE_ENV !== 'production') {
      onProgress('give the demo its sign-ins');
      await seedSignIns(client, demoPeople());
    }
    // Scores depend on the day, so the seeds cannot hold them: a lead would change its score when it is opened.
    if (demo.inserted > 0)
      await enqueueFor(client, 'crm.rescore-leads', [...new Set(demoPeople().map((p) => p.organization))]);
    return { inserted: platform.inserted + demo.inserted, tables: sum(platform.tables, demo.tables) };
  } finally {
    await client.end();
  }
}

async function requireMigrations(root: string, ownerUrl: string): Promise<void> {
  const client = await connectTo(ownerUrl);
  try {
    const open = (await migrationStatus(client, readMigrations(root))).find((s) => s.state !== 'applied');
    if (!open) return;
    throw new LotlineError(
      'SEED_NOT_MIGRATED',
      `The migration ${open.name} is ${open.state}, so nothing was seeded.`,
      'npm run db:apply, then repeat',
    );
  } finally {
    await client.end();
  }
}

function sum(a: SeedCounts, b: SeedCounts): SeedCounts {
  const total: SeedCounts = { ...a };
  for (const [table, { rows, inserted }] of Object.entries(b)) {
    const first = total[table] ?? { rows: 0, inserted: 0 };
    total[table] = { rows: first.rows + rows, inserted: first.inserted + inserted };
  }
  return total;
}

/** What a run added, for people. */
export function seedText({ inserted, tables }: Seeded): string {
  if (inserted === 0) return 'Everything is there already; nothing was added.';
  const added = Object.entries(tables).filter(([, t]) => t.inserted > 0);
  const width = Math.max(...added.map(([table]) => table.length));
  const rows = added.map(([table, t]) => `  ${table.padEnd(width)}  ${String(t.inserted).padStart(5)}`);
  return [...rows, `Added ${inserted} rows to ${added.length} tables.`].join('\n');
}

if (import.meta.main) {
  await runCommand({
    name: 'db:seed',
    summary:
      'Adds the platform’s catalogue and two demo brokerages. What is there stays as it is; a second run adds nothing.',
    options: { json: { type: 'boolean', help: 'print one JSON object' } },
    exits: { 0: 'seeded', 1: 'nothing was seeded; the message says why' },
    run: (values) =>
      withSession<ExitCode>(Boolean(values.json), async ({ root, database, progress }) => {
        const seeded = await seed(root, database, progress.step);
        progress.done();
        console.log(values.json ? JSON.stringify({ ok: true, ...seeded }, null, 2) : seedText(seeded));
        return 0;
      }),
  });
}
