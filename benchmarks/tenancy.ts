import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { bulkRates } from './tenancy/bulk.ts';
import {
  bareClient,
  bothSides,
  boundTenancy,
  CONNECTIONS,
  READ,
  tenantOf,
  works,
} from './tenancy/contenders.ts';
import { openRivals } from './tenancy/rivals/index.ts';
import { alternate, type Figures } from './tenancy/rounds.ts';
import { buildWorld, type World } from './tenancy/world.ts';
import { median } from './timing.ts';

/**
 * What the tenant client costs, and what others cost: every comparison in one process, in alternating rounds.
 *   npm run bench:tenancy -- [--tenants 1000] [--rows 500] [--rounds 7] [--only read,rivals,write,bulk,scale]
 */
const { values } = parseArgs({
  options: {
    tenants: { type: 'string', default: '1000' },
    rows: { type: 'string', default: '500' },
    rounds: { type: 'string', default: '7' },
    only: { type: 'string', default: 'read,rivals,write,bulk,scale' },
  },
});
const rounds = Number(values.rounds);
const asked = (part: string) => values.only.split(',').includes(part);

const world = await buildWorld(Number(values.tenants), Number(values.rows));
console.log(
  `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node}, PostgreSQL ${world.version}, ` +
    `${world.tenants.length} tenants × ${world.rows} rows, pool of ${CONNECTIONS}, medians of ${rounds} alternating rounds`,
);
const bare = bareClient(world);
const tenancy = boundTenancy(world);
try {
  if (asked('read')) await reading();
  if (asked('rivals')) await comparing();
  if (asked('write')) await writing();
  if (asked('bulk')) await bulk();
} finally {
  await bare.$disconnect();
  await tenancy.close();
  await world.stop();
}
if (asked('scale')) await scale();

async function reading(): Promise<void> {
  print(READ.name, await alternate(bothSides(world, bare, tenancy, READ), { rounds }));
}

/** The same page by other tools; each must first have given the rows that the database gives. */
async function comparing(): Promise<void> {
  const rivals = await openRivals(world);
  const [, bound] = bothSides(world, bare, tenancy, READ);
  print(`${READ.name}, and by other tools`, await alternate([...rivals, bound!], { rounds }));
  for (const rival of rivals) await rival.stop();
}

async function writing(): Promise<void> {
  const { rows } = await world.superuser.query(
    `SELECT DISTINCT ON (organization_id) organization_id AS tenant, contact_id AS contact, id AS deal FROM deals`,
  );
  const ids = new Map(rows.map((r) => [r.tenant, { contact: r.contact, deal: r.deal }]));
  for (const work of works(ids))
    print(work.name, await alternate(bothSides(world, bare, tenancy, work), { rounds, calls: 150 }));
}

async function bulk(): Promise<void> {
  const { copy, bound } = await bulkRates(world, Math.min(rounds, 5));
  const share = (median(bound) / median(copy)) * 100;
  console.log(
    `\n100,000 rows of one tenant\n  COPY past row security   ${Math.round(median(copy))} rows/s` +
      `\n  Lotline, bound client    ${Math.round(median(bound))} rows/s, ${share.toFixed(0)} %`,
  );
}

/** The same page of a tenant of 100 rows, among few and among many. */
async function scale(): Promise<void> {
  const worlds = [await buildWorld(10, 100), await buildWorld(10_000, 100)] as const;
  const sides = worlds.map((w: World) => ({ w, tenancy: boundTenancy(w) }));
  const figures = await alternate(
    sides.map(({ w, tenancy: t }) => ({
      name: `${w.tenants.length} tenants`,
      // Ten tenants in turn on both sides, so that as many pages are warm.
      run: (i: number) => {
        const organizationId = tenantOf({ ...w, tenants: w.tenants.slice(0, 10) }, i);
        return READ.run(t.for({ organizationId, userId: organizationId, role: 'OWNER' }), organizationId, i);
      },
    })),
    { rounds },
  );
  print('the same page among more tenants', figures);
  for (const { w, tenancy: t } of sides) {
    await t.close();
    await w.stop();
  }
}

function print(title: string, figures: readonly Figures[]): void {
  const base = figures[0]!;
  const width = Math.max(...figures.map((f) => f.name.length));
  console.log(`\n${title}`);
  for (const { name, latency, throughput } of figures) {
    const alone = median(latency);
    const many = median(throughput);
    console.log(
      `  ${name.padEnd(width)}  ${alone.toFixed(3)} ms ${ratio(alone, median(base.latency))}` +
        `  ${Math.round(many).toString().padStart(6)}/s ${ratio(many, median(base.throughput))}`,
    );
  }
}

function ratio(value: number, base: number): string {
  return `${(value / base).toFixed(2)}×`;
}
