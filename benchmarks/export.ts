import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectTo } from '../src/database/client.ts';
import { startTemporaryServer } from '../src/database/embedded/temporary.ts';
import { withDatabase } from '../src/database/engine/connection.ts';
import { applyMigrations, installContextKey } from '../src/migrations/index.ts';
import { projectRoot } from '../src/root.ts';
import { readGenerated } from '../src/tenancy/index.ts';
import {
  eraseTenant,
  exportTenant,
  importTenant,
  type Lifecycle,
  previewErase,
} from '../src/tenancy/lifecycle/index.ts';

const ROWS = Number(process.env.BENCH_ROWS ?? 1_000_000);
const BOUND_MB = 200;
const key = { id: 1, secret: Buffer.alloc(32, 7) };
const root = projectRoot();

/** What one step took, measured in a process of its own, whose peak memory is that of the step. */
interface Step {
  readonly seconds: number;
  readonly peakMb: number;
}

const lifecycle = (ownerUrl: string): Lifecycle => ({
  ownerUrl,
  key,
  boundary: readGenerated(root).boundary,
});

if (process.argv[2] === 'step') await step(...(process.argv.slice(3) as [string, string, string, string]));
else await main();

async function step(what: string, ownerUrl: string, tenant: string, folder: string): Promise<void> {
  const started = performance.now();
  const work = lifecycle(ownerUrl);
  if (what === 'export') await exportTenant(work, tenant, folder, 'bench');
  if (what === 'import') await importTenant(work, folder, 'bench');
  if (what === 'erase') await eraseTenant(work, tenant, (await previewErase(work, tenant)).token, 'bench');
  const seconds = (performance.now() - started) / 1000;
  // Linux and macOS through Node: kilobytes.
  console.log(JSON.stringify({ seconds, peakMb: process.resourceUsage().maxRSS / 1000 } satisfies Step));
}

async function main(): Promise<void> {
  const server = await startTemporaryServer({ binaries: process.env.BENCH_POSTGRES ?? 'embedded' });
  const folder = mkdtempSync(join(tmpdir(), 'lotline-export-'));
  const admin = await connectTo(server.superuserUrl);
  await admin.query('CREATE DATABASE export TEMPLATE template0');
  const url = withDatabase(server.superuserUrl, 'export');
  await applyMigrations({ root, ownerUrl: url });
  const client = await connectTo(url);
  try {
    await installContextKey(client, key);
    const tenant = await fill(client);
    const { rows } = await client.query('SELECT version()');
    console.log(`${rows[0].version}\nNode ${process.version}, a tenant of ${ROWS} page views`);
    const run = (what: string): Step => {
      const child = spawnSync(
        process.execPath,
        [import.meta.filename, 'step', what, url, tenant, join(folder, 'x')],
        {
          encoding: 'utf8',
        },
      );
      if (child.status !== 0) throw new Error(child.stderr);
      return JSON.parse(child.stdout) as Step;
    };
    for (const what of ['export', 'erase', 'import']) {
      const { seconds, peakMb } = run(what);
      const rate = Math.round(ROWS / seconds).toLocaleString('en-US');
      const verdict = peakMb <= BOUND_MB ? 'within' : 'BEYOND';
      console.log(
        `${what}: ${seconds.toFixed(1)} s, ${rate} rows/s, peak ${peakMb.toFixed(0)} MB, ${verdict} ${BOUND_MB} MB`,
      );
      if (peakMb > BOUND_MB) process.exitCode = 1;
      if (what === 'export')
        console.log(
          `  page_views.ndjson: ${(statSync(join(folder, 'x/page_views.ndjson')).size / 1e6).toFixed(0)} MB`,
        );
    }
  } finally {
    await client.end();
    await admin.end();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** An organization whose page views are the rows; another one beside it has a tenth. */
async function fill(client: Awaited<ReturnType<typeof connectTo>>): Promise<string> {
  const { rows } = await client.query("INSERT INTO users (email) VALUES ('bench@example.com') RETURNING id");
  const make = async (slug: string, count: number): Promise<string> => {
    const made = await client.query('SELECT app.create_organization($1, $1, $2) AS id', [slug, rows[0].id]);
    await client.query(
      `INSERT INTO page_views (organization_id, session_id, url, path, title, user_agent, country, device, view_duration)
       SELECT $1, 'session-' || n / 7, 'https://example.com/listings/' || n || '?from=search', '/listings/' || n, 'Listing ' || n,
         'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)', 'US', 'desktop', n % 600
       FROM generate_series(1, $2::integer) AS n`,
      [made.rows[0].id, count],
    );
    return made.rows[0].id;
  };
  const tenant = await make('large', ROWS);
  await make('other', Math.ceil(ROWS / 10));
  await client.query('ANALYZE');
  return tenant;
}
