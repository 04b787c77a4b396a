import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PrismaClient } from '../generated/prisma/client.ts';
import { projectRoot } from '../root.ts';
import {
  type AttackReport,
  attack,
  attackClient,
  type ClientReport,
  ISOLATION_PAGE,
  isolationPage,
  reportObject,
  reportText,
} from '../tenancy/attack/index.ts';
import { readGenerated } from '../tenancy/index.ts';
import { openAttackField } from './attack-field.ts';
import { runCommand } from './command.ts';
import { terminalProgress } from './progress.ts';
import { stopSignal } from './stop-signal.ts';

export interface AttackRun {
  readonly root: string;
  /** `embedded`, or the `bin` folder of an installed PostgreSQL. */
  readonly binaries?: string;
  readonly mutants?: boolean;
  /** Whether the tenant client is attacked too. */
  readonly client?: boolean;
  readonly thorough?: boolean;
  readonly onProgress?: (step: string) => void;
  readonly signal?: AbortSignal;
}

/** Starts a server, attacks it, throws it away. */
export async function runAttack(run: AttackRun): Promise<{ boundary: AttackReport; client?: ClientReport }> {
  const { boundary, objects } = readGenerated(run.root);
  const key = { id: 1, secret: randomBytes(32) };
  const tell = run.onProgress ?? (() => {});
  const field = await openAttackField(run.root, key, run.binaries ?? 'embedded', tell);
  try {
    const report = await attack({
      superuserUrl: field.superuserUrl,
      database: field.database,
      loginUrl: field.loginUrl,
      boundary,
      objects,
      key,
      onProgress: tell,
      ...(run.mutants === false ? { mutants: () => false } : {}),
      ...(run.thorough ? { thorough: true } : {}),
      ...(run.signal ? { signal: run.signal } : {}),
    });
    if (run.client === false || run.signal?.aborted) return { boundary: report };
    const client = await attackClient({
      ...{ boundary, key, onProgress: tell, mayCrash: true },
      superuserUrl: field.superuserUrl,
      database: field.database,
      loginUrl: field.loginUrl,
      // What waits for a connection here has 47 others before it.
      prisma: (options) =>
        new PrismaClient({ ...options, transactionOptions: { maxWait: 30_000, timeout: 30_000 } }),
      ...(run.mutants === false ? {} : { sources: join(run.root, 'src/tenancy/client') }),
      ...(run.signal ? { signal: run.signal } : {}),
    });
    return { boundary: report, client };
  } finally {
    await field.stop();
  }
}

if (import.meta.main) {
  await runCommand({
    name: 'attack',
    summary:
      'Attacks the boundary on a server of its own: every table, every operation, every actor; then breaks it on purpose and looks whether the attack notices.',
    options: {
      'no-mutants': { type: 'boolean', help: 'attack only' },
      'no-client': { type: 'boolean', help: 'attack the database alone' },
      thorough: { type: 'boolean', help: 'run the whole attack against every mutant, which takes hours' },
      binaries: {
        type: 'string',
        value: 'folder',
        help: 'bin folder of another PostgreSQL, 15 to 18, instead of the embedded one',
      },
      write: { type: 'boolean', help: `write ${ISOLATION_PAGE}` },
      json: { type: 'boolean', help: 'print one JSON object' },
    },
    exits: {
      0: 'nothing leaked and every mutant was noticed',
      1: 'a leak, a probe that proves nothing, or a mutant that survived',
    },
    run: async (values) => {
      const progress = terminalProgress(process.stderr, Boolean(values.json));
      const stop = stopSignal();
      const ended = new AbortController();
      void stop.received.then(() => ended.abort());
      let told = 0;
      const onProgress = (step: string) => {
        // Not more than the eye can follow.
        if (performance.now() - told < 200 && /^(probe|mutant|client mutant) /.test(step)) return;
        told = performance.now();
        progress.step(step);
      };
      try {
        const root = projectRoot();
        const { boundary: report, client } = await runAttack({
          root,
          mutants: !values['no-mutants'],
          client: !values['no-client'],
          thorough: Boolean(values.thorough),
          onProgress,
          signal: ended.signal,
          ...(typeof values.binaries === 'string' ? { binaries: values.binaries } : {}),
        });
        progress.done();
        if (values.write && report.mutants.length > 0)
          writeFileSync(
            join(root, ISOLATION_PAGE),
            isolationPage(
              report.suite,
              report.mutants.map((m) => m.mutant),
            ),
          );
        console.log(
          values.json ? JSON.stringify(reportObject(report, client), null, 2) : reportText(report, client),
        );
        return report.ok && client?.ok !== false ? 0 : 1;
      } finally {
        progress.done();
        stop.release();
      }
    },
  });
}
