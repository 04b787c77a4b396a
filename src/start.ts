import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import pino from 'pino';
import { openLog } from './api/log.ts';
import { type RunningServer, startServer } from './api/server.ts';
import { DEMO_PASSWORD } from './auth/index.ts';
import { apply } from './cli/db-apply.ts';
import { seed } from './cli/db-seed.ts';
import { studio } from './cli/db-studio.ts';
import { verify } from './cli/db-verify.ts';
import type { Progress } from './cli/progress.ts';
import type { Config } from './config.ts';
import { connectTo } from './database/client.ts';
import type { Database } from './database/connect.ts';
import { explain } from './errors.ts';
import { demoGuides } from './modules/organizations/index.ts';
import { paintFor, type ServedStudio, summaryLines } from './report/index.ts';
import { proveRole, readGenerated } from './tenancy/index.ts';

/** Something that runs and has to be stopped, last first. */
export type Stops = (() => Promise<void>)[];

export interface StartOptions {
  readonly config: Config;
  readonly database: Database;
  readonly studio: boolean;
  readonly progress: Progress;
  readonly say: (text: string) => void;
  readonly stops: Stops;
}

/**
 * Brings everything up on a database: migrations, seeds when empty, the server with its worker, Studio, the quick report.
 * Resolves when it is ready; what was begun stands in `stops`, also where it throws.
 */
export async function start(options: StartOptions): Promise<void> {
  const { config, database, studio: wanted, progress, say, stops } = options;
  const tell = (text: string) => {
    progress.done();
    say(text);
  };
  // Studio boots while migrations, seeds and the report keep the database busy, not this machine's other processor.
  const studioStart = wanted ? studio(config, undefined, tell) : undefined;
  let served: ServedStudio | undefined;
  const studioReady = studioStart?.then(
    (ready) => {
      served = ready;
    },
    (error) => tell(`Prisma Studio is not there: ${explain(error)}`),
  );
  // One that is not ready yet ends with this process.
  stops.push(async () => served?.stop());

  await apply({ config, database, onProgress: progress.step });
  progress.step('prove that the application is bound');
  await proveApplication(config, database);
  if (await isEmpty(database)) {
    const { inserted } = await seed(config.root, database, progress.step);
    progress.step(`seeded ${inserted} rows`);
  }
  progress.step('start the server and look at every table');
  // The report waits for the database most of the time, and so does the server.
  const starting = startServer(config, database, logOf(config)).then((server) => {
    stops.push(() => server.stop());
    return server;
  });
  const [server, report] = await allOf(starting, verify({ config, database }, { quick: true }));
  if (studioReady) progress.step('start Prisma Studio');
  await studioReady;
  progress.done();
  say(
    [
      '',
      ...summaryLines(report, paintFor(process.stdout)),
      '',
      ...addresses(config, database, server, served),
      '',
    ].join('\n'),
  );
  const seconds = (performance.now() / 1000).toFixed(1);
  const trouble = report.ok
    ? ''
    : `, with ${report.issues.length} issue${report.issues.length === 1 ? '' : 's'}`;
  say(`Ready in ${seconds} s${trouble}. Ctrl-C stops it; the data stays.`);
}

/** Both, or, once both have ended, the error of the one that failed: so that nothing is begun after the end. */
async function allOf<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return [await a, await b];
}

/** What serves tenants logs in with the role that is proved here; a stronger one must not start. */
async function proveApplication({ root }: Config, { urls }: Database): Promise<void> {
  const client = await connectTo(urls.app);
  try {
    await proveRole(client, readGenerated(root).boundary);
  } finally {
    await client.end();
  }
}

async function isEmpty({ urls }: Database): Promise<boolean> {
  const client = await connectTo(urls.platform);
  try {
    const { rows } = await client.query<{ empty: boolean }>(
      'SELECT NOT EXISTS (SELECT FROM public.organizations) AS empty',
    );
    return rows[0]?.empty === true;
  } finally {
    await client.end();
  }
}

/** The log goes into a file of the data folder, so that a terminal shows what a person asked for; LOG_FILE=- brings it here. */
function logOf({ dataFolder, server }: Config) {
  if (server.logFile === '-') return openLog(server.logLevel);
  mkdirSync(dataFolder, { recursive: true });
  return openLog(
    server.logLevel,
    pino.destination({ dest: server.logFile ?? join(dataFolder, 'server.log'), sync: false }),
  );
}

function addresses(
  config: Config,
  { kind, urls }: Database,
  server: RunningServer,
  served: ServedStudio | undefined,
): string[] {
  const url = new URL(urls.platform);
  url.password = '';
  const passwords =
    kind === 'embedded'
      ? join(config.dataFolder, 'credentials.json')
      : join(config.dataFolder, 'external-credentials.json');
  const shown = (path: string) => (path.startsWith(config.root) ? relative(config.root, path) : path);
  return [
    ...(server.web ? [`  Web       ${server.url}`] : []),
    `  API       ${server.url}`,
    `  Reference ${server.url}/reference`,
    ...(server.mailbox ? [`  Mailbox   ${server.url}/dev/mailbox`] : []),
    ...(served ? [`  Studio    ${served.url}`] : []),
    `  Database  ${url.href}`,
    `            passwords: ${shown(passwords)}`,
    ...(process.env.NODE_ENV === 'production' ? [] : ['', ...demoLines()]),
  ];
}

function demoLines(): string[] {
  const people = demoGuides();
  const width = Math.max(...people.map((p) => p.email.length));
  return [
    `  Demo      password: ${DEMO_PASSWORD}`,
    ...people.map((p) => `            ${p.email.padEnd(width)}  ${p.role} of ${p.organization}`),
  ];
}
