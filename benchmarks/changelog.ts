import { parseArgs } from 'node:util';
import pg from 'pg';
import { PrismaClient } from '../src/generated/prisma/client.ts';
import { projectRoot } from '../src/root.ts';
import { openTenancy, readGenerated } from '../src/tenancy/index.ts';
import { alternate, type Contender, type Figures } from './tenancy/rounds.ts';
import { buildWorld, type World } from './tenancy/world.ts';
import { median } from './timing.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    calls: { type: 'string', default: '150' },
    bulk: { type: 'string', default: '10000' },
  },
});
const rounds = Number(values.rounds);
const calls = Number(values.calls);
const bulk = Number(values.bulk);
const { boundary } = readGenerated(projectRoot());

/** The same server twice: as it is, without the channel's notifications, and without the triggers. */
const variants = [
  ['recorded and told', ''],
  [
    'recorded',
    `DO $$ BEGIN EXECUTE replace(pg_get_functiondef('app.record_changes'::regproc), 'PERFORM pg_catalog.pg_notify(', 'PERFORM pg_catalog.concat('); END $$`,
  ],
  [
    'neither',
    `ALTER TABLE contacts DISABLE TRIGGER record_insert; ALTER TABLE contacts DISABLE TRIGGER record_update; ALTER TABLE contacts DISABLE TRIGGER record_delete`,
  ],
] as const;

const worlds: {
  name: string;
  world: World;
  close: () => Promise<void>;
  contenders: Record<string, Contender>;
}[] = [];
for (const [name, change] of variants) {
  // Waiting for the disk is part of the question, since NOTIFY lets commits wait for one another.
  const world = await buildWorld(8, 200, { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' });
  if (change) await world.superuser.query(change);
  const people = await membersOf(world);
  const tenancy = openTenancy({
    client: (options) => new PrismaClient(options),
    boundary,
    url: new pg.Pool({ connectionString: world.urls.app, max: 16 }),
    keys: { signing: () => world.key },
  });
  const db = (i: number) =>
    tenancy.for({
      organizationId: world.tenants[i % world.tenants.length]!,
      userId: people[i % people.length]!,
      origin: { ipAddress: '198.51.100.7', userAgent: 'Mozilla/5.0 (X11; Linux x86_64)' },
    });
  const rows = Array.from({ length: bulk }, (_, i) => ({
    name: `Contact ${i}`,
    email: `c${i}@example.com`,
    company: `Company ${i % 20}`,
    tags: ['imported'],
  }));
  worlds.push({
    name,
    world,
    close: () => tenancy.close(),
    contenders: {
      create: {
        name,
        run: (i) =>
          db(i).contact.create({ data: { name: `Contact ${i}`, email: 'c@example.com', tags: ['a'] } }),
      },
      // No raw SQL, after which the connection forgets its plans.
      update: {
        name,
        run: (i) =>
          db(i).contact.updateMany({
            where: { email: `c${1 + (i % 200)}@example.com` },
            data: { company: `Company ${i} ${Math.random()}` },
          }),
      },
      insert: { name, run: (i) => db(i).$bulkInsert('Contact', rows) },
      'update all': {
        name,
        run: (i) =>
          db(i)
            .$executeRaw`UPDATE contacts SET company = company || '.' WHERE id IN (SELECT id FROM contacts LIMIT ${bulk})`,
      },
    },
  });
}

try {
  console.log(`PostgreSQL ${worlds[0]!.world.version}, pool of 16, ${rounds} alternating rounds`);
  const of = (work: string) => worlds.map((w) => w.contenders[work]!);
  show('create one row', await alternate(of('create'), { rounds, calls }));
  show('update one row', await alternate(of('update'), { rounds, calls }));
  show(`insert ${bulk} rows`, await alternate(of('insert'), { rounds, calls: 1, inFlight: 0 }));
  show(`update ${bulk} rows`, await alternate(of('update all'), { rounds, calls: 1, inFlight: 0 }));
} finally {
  for (const { close, world } of worlds) {
    await close();
    await world.stop();
  }
}

async function membersOf({ superuser, tenants }: World): Promise<string[]> {
  const people: string[] = [];
  for (const [i, id] of tenants.entries()) {
    const { rows } = await superuser.query(
      `WITH person AS (INSERT INTO users (email, name) VALUES ($1, 'Somebody') RETURNING id)
       INSERT INTO organization_members (organization_id, user_id, role) SELECT $2, id, 'OWNER' FROM person RETURNING user_id`,
      [`p${i}@example.com`, id],
    );
    people.push(rows[0].user_id);
  }
  return people;
}

function show(what: string, figures: readonly Figures[]): void {
  const base = figures.at(-1)!;
  for (const { name, latency, throughput } of figures) {
    const ratio = (a: readonly number[], b: readonly number[]) => (median(a) / median(b)).toFixed(2);
    const many =
      median(throughput) > 0
        ? `, ${median(throughput).toFixed(0)} a second with 16 in flight (${ratio(throughput, base.throughput)} ×)`
        : '';
    console.log(
      `${what}, ${name}: ${median(latency).toFixed(2)} ms (${ratio(latency, base.latency)} ×)${many}`,
    );
  }
}
