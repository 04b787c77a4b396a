import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ClientOrder, ClientRound } from './http/client-process.ts';
import type { Asked, LoadResult } from './http/load.ts';
import { addPeople, type BenchPerson } from './http/people.ts';
import type { ServerOrder } from './http/server-process.ts';
import { buildWorld } from './tenancy/world.ts';
import { median } from './timing.ts';

/**
 * What HTTP, sign-in, limits and logs cost on top of the tenant client: a page of 50 contacts asked for by the tenant client
 * within a process, and from the server. Client, server and load are processes of their own and take turns in short rounds.
 *   npm run bench:http -- [--tenants 50] [--rows 1000] [--rounds 7] [--seconds 3]
 *     [--only page,one,memory] [--minutes 5] [--profile folder]
 */
const { values } = parseArgs({
  options: {
    tenants: { type: 'string', default: '50' },
    rows: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '3' },
    minutes: { type: 'string', default: '5' },
    only: { type: 'string', default: 'page,one' },
    profile: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const asked = (part: string) => values.only.split(',').includes(part);
const CONNECTIONS = 32;
const PEOPLE_EACH = 2;
const SECRET = 'a secret for the benchmark alone, 0123456789';

const folder = mkdtempSync(join(tmpdir(), 'lotline-bench-http-'));
const children: ChildProcess[] = [];
const world = await buildWorld(Number(values.tenants), Number(values.rows), {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  autovacuum: 'on',
});
try {
  const people = await addPeople(world, PEOPLE_EACH, SECRET);
  console.log(
    `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node}, PostgreSQL ${world.version}, ` +
      `${world.tenants.length} offices × ${world.rows} contacts, ${people.length} people, ${CONNECTIONS} at once, ` +
      `medians of ${rounds} rounds of ${seconds} s, others' load ${loads()}`,
  );
  const server = await started('server-process.ts', serverOrder(), [
    '--expose-gc',
    ...(values.profile ? ['--cpu-prof', `--cpu-prof-dir=${values.profile}`] : []),
  ]);
  const origin = server.ready.url as string;
  const order: ClientOrder = {
    url: world.urls.app,
    key: { id: world.key.id, secret: world.key.secret.toString('hex') },
    people,
  };
  const client = await started('client-process.ts', order);
  const load = await started('load-process.ts', undefined);
  const over = (said: (person: BenchPerson, n: number) => Asked) => (time: number) =>
    withCpu(server.child, () =>
      ask(load.child, { origin, asked: people.map(said), connections: CONNECTIONS, seconds: time }),
    );

  const within = (by: ClientRound['by']) => (time: number) =>
    withCpu(client.child, () => ask(client.child, { by, inFlight: CONNECTIONS, seconds: time }));

  await requireSameRows(origin, people[0]!);
  const contenders: Record<string, (seconds: number) => Promise<Round>> = {
    'tenant client, findMany': within('findMany'),
    'tenant client, $read': within('$read'),
    'HTTP, session': over((p) => ({ path: page(p), headers: bySession(p) })),
    'HTTP, key': over((p) => ({ path: page(p), headers: byKey(p) })),
  };
  if (asked('page')) print('page of 50 contacts', await inTurns(contenders));
  const ids = await firstContacts();
  const one = {
    'GET of one': over((p) => ({
      path: `/v1/orgs/${p.slug}/data/contacts/${ids.get(p.organizationId)}`,
      headers: bySession(p),
    })),
    'POST of one': over((p, n) => ({
      method: 'POST',
      path: `/v1/orgs/${p.slug}/data/contacts`,
      headers: { ...byKey(p), 'content-type': 'application/json' },
      body: JSON.stringify({ name: `New contact ${n}`, email: `new${n}@example.com`, tags: ['new'] }),
    })),
  };
  if (asked('one')) print('one contact', await inTurns(one));
  if (asked('memory'))
    await memory(server.child, [contenders['HTTP, session']!, one['GET of one'], one['POST of one']]);
  server.child.send('stop');
  await new Promise((resolve) => server.child.once('exit', resolve));
} finally {
  for (const child of children) if (child.connected) child.disconnect();
  await world.stop();
  rmSync(folder, { recursive: true, force: true });
}

function serverOrder(): ServerOrder {
  return {
    // The server never logs in as ingest.
    urls: { ...world.urls, ingest: world.urls.platform },
    env: {
      LOTLINE_DATA: folder,
      LOG_FILE: join(folder, 'server.log'),
      LOTLINE_CONTEXT_KEY: `${world.key.id}:${world.key.secret.toString('hex')}`,
      LOTLINE_AUTH_SECRET: SECRET,
      // People ask from many addresses, as through a proxy.
      TRUSTED_PROXIES: '1',
      SMTP_URL: 'smtp://127.0.0.1:1',
      MAIL_FROM: 'Lotline <no-reply@example.com>',
    },
  };
}

function page(p: BenchPerson): string {
  return `/v1/orgs/${p.slug}/data/contacts?limit=50`;
}

function from(p: BenchPerson): Record<string, string> {
  return {
    accept: 'application/json',
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)',
    'x-forwarded-for': p.address,
  };
}

function bySession(p: BenchPerson): Record<string, string> {
  return { ...from(p), cookie: p.cookie };
}

function byKey(p: BenchPerson): Record<string, string> {
  return { ...from(p), authorization: p.authorization };
}

async function started(file: string, message: object | undefined, execArgv: string[] = []) {
  const child = fork(join(import.meta.dirname, 'http', file), { execArgv });
  children.push(child);
  const ready = answerOf(child);
  if (message) child.send(message);
  return { child, ready: (await ready) as Record<string, unknown> };
}

function answerOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('a process of the benchmark ended'));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.removeListener('exit', ended);
      resolve(message);
    });
  });
}

async function ask<T = LoadResult>(child: ChildProcess, message: object | string): Promise<T> {
  const answer = answerOf(child);
  child.send(message);
  return (await answer) as T;
}

/** A round, with what it took of one processor in the process that answered: milliseconds an answer. */
interface Round extends LoadResult {
  readonly cpu: number;
}

async function withCpu(child: ChildProcess, run: () => Promise<LoadResult>): Promise<Round> {
  const used = async () => {
    const { user, system } = await ask<NodeJS.CpuUsage>(child, 'cpu');
    return (user + system) / 1000;
  };
  const before = await used();
  const result = await run();
  return { ...result, cpu: ((await used()) - before) / result.answers };
}

/** The comparison would be none if one side read other rows. */
async function requireSameRows(origin: string, person: BenchPerson): Promise<void> {
  const answer = await fetch(`${origin}${page(person)}`, { headers: bySession(person) });
  const { data } = (await answer.json()) as { data: { id: string }[] };
  const { rows } = await world.superuser.query<{ id: string }>(
    'SELECT id FROM contacts WHERE organization_id = $1 ORDER BY id LIMIT 50',
    [person.organizationId],
  );
  if (JSON.stringify(data?.map((r) => r.id)) !== JSON.stringify(rows.map((r) => r.id)))
    throw new Error(`HTTP ${answer.status} gives other rows`);
}

async function firstContacts(): Promise<Map<string, string>> {
  const { rows } = await world.superuser.query<{ organization: string; id: string }>(
    'SELECT DISTINCT ON (organization_id) organization_id AS organization, id FROM contacts ORDER BY organization_id, id',
  );
  return new Map(rows.map((r) => [r.organization, r.id]));
}

/** Short rounds in turn, each beginning with another contender; the first round warms and is thrown away. */
async function inTurns(
  contenders: Readonly<Record<string, (seconds: number) => Promise<Round>>>,
): Promise<Map<string, Round[]>> {
  const all = Object.entries(contenders);
  const results = new Map<string, Round[]>(all.map(([name]) => [name, []]));
  for (let round = 0; round <= rounds; round += 1)
    for (let turn = 0; turn < all.length; turn += 1) {
      const [name, run] = all[(round + turn) % all.length]!;
      const result = await run(seconds);
      if (result.failures > 0) throw new Error(`${name}: ${result.failures} of ${result.answers} failed`);
      if (round > 0) results.get(name)!.push(result);
    }
  return results;
}

function print(title: string, results: ReadonlyMap<string, readonly Round[]>): void {
  console.log(`\n${title}, load ${loads()}`);
  const base = median([...results.values()][0]!.map((r) => r.throughput));
  for (const [name, all] of results) {
    const of = (figure: (r: Round) => number) => median(all.map(figure));
    const throughput = of((r) => r.throughput);
    console.log(
      `  ${name.padEnd(26)} ${throughput.toFixed(0).padStart(6)}/s ${((throughput / base) * 100).toFixed(0).padStart(4)} %` +
        `  median ${of((r) => r.median).toFixed(1)} ms  p99 ${of((r) => r.p99).toFixed(1)} ms` +
        `  processor ${of((r) => r.cpu).toFixed(2)} ms  p99/median ${of((r) => r.p99 / r.median).toFixed(1)} (${all.map((r) => (r.p99 / r.median).toFixed(1)).join(', ')})`,
    );
  }
}

/** Whether memory stays where it is under load: pages, records and writes in turn. */
async function memory(
  server: ChildProcess,
  runs: readonly ((seconds: number) => Promise<Round>)[],
): Promise<void> {
  const halves = Number(values.minutes) * 2;
  console.log(`\nmemory of the server under load, ${loads()}: heap after a collection, resident`);
  let answers = 0;
  for (let half = 0; half <= halves; half += 1) {
    const { rss, heapUsed } = await ask<{ rss: number; heapUsed: number }>(server, 'memory');
    const figures = [heapUsed, rss].map((bytes) => `${(bytes / 1e6).toFixed(1).padStart(6)} MB`);
    console.log(`  ${(half / 2).toFixed(1)} min ${figures.join('  ')}  ${answers} answers`);
    if (half === halves) return;
    for (const run of runs) answers += (await run(30 / runs.length)).answers;
  }
}

function loads(): string {
  return loadavg()
    .map((l) => l.toFixed(1))
    .join(' ');
}
