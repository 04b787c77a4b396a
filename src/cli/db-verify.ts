import { addressOf } from '../database-settings.ts';
import { LotlineError } from '../errors.ts';
import {
  complete,
  full,
  paintFor,
  quick,
  type Report,
  reportContext,
  reportJson,
  reportText,
  runSteps,
} from '../report/index.ts';
import { type ExitCode, runCommand } from './command.ts';
import { checkBoundary } from './db-check-rls.ts';
import { findDrift } from './db-sync.ts';
import { type Session, withSession } from './session.ts';

export interface VerifyOptions {
  /** Only the state of the database: about a second. */
  readonly quick?: boolean;
  /** Also Prisma Studio in a browser. */
  readonly full?: boolean;
  readonly onProgress?: (step: string) => void;
}

/** Runs the steps of the execution report. It changes nothing but generated code. */
export async function verify(
  session: Pick<Session, 'config' | 'database'>,
  options: VerifyOptions = {},
): Promise<Report> {
  const steps = options.full ? full : options.quick ? quick : complete;
  const place = { ownerUrl: session.database.urls.owner, root: session.config.root };
  const context = await reportContext(session.config, session.database, {
    boundary: () => checkBoundary({ ...place, quick: true }),
    drift: () => findDrift(place),
  });
  return runSteps(steps, context, options.onProgress);
}

if (import.meta.main) {
  await runCommand({
    name: 'db:verify',
    summary: 'Checks everything and prints the execution report: schema, migration, commands, database.',
    options: {
      quick: { type: 'boolean', help: 'only the state of the database; about a second' },
      full: { type: 'boolean', help: 'also open Prisma Studio in Chromium and look for every new table' },
      json: { type: 'boolean', help: 'print one JSON object' },
    },
    exits: { 0: 'all of it holds', 1: 'something does not; the report names it' },
    run: (values) => {
      if (values.quick && values.full) {
        throw new LotlineError(
          'USAGE',
          '--quick and --full exclude each other.',
          'give one of them, or none',
        );
      }
      return withSession<ExitCode>(Boolean(values.json), async (session) => {
        const { database, progress } = session;
        const report = await verify(session, {
          quick: Boolean(values.quick),
          full: Boolean(values.full),
          onProgress: (step) => progress.step(`${step} …`),
        });
        progress.done();
        const head = `${database.kind === 'embedded' ? 'embedded database' : 'database'} ${addressOf(database.urls.owner)}`;
        if (values.json) console.log(JSON.stringify(reportJson(report), null, 2));
        else console.log(reportText(report, head, paintFor(process.stdout)));
        return report.ok ? 0 : 1;
      });
    },
  });
}
