import { proveAddress } from './api/bind.ts';
import { runCommand } from './cli/command.ts';
import { type Progress, terminalProgress } from './cli/progress.ts';
import { settings } from './cli/session.ts';
import { stopSignal } from './cli/stop-signal.ts';
import { withEnvironmentFile } from './config.ts';
import { openDatabase } from './database/connect.ts';
import { studioPort } from './report/studio/port.ts';

type Stops = (() => Promise<void>)[];

/** The program is loaded while PostgreSQL starts: both take a second, and one waits for the other's processor only. */
async function begin(studio: boolean, progress: Progress, stops: Stops): Promise<void> {
  const config = settings();
  // A port that cannot be had is better known before anything is started.
  const prescribed = Boolean(withEnvironmentFile(process.env, config.root).STUDIO_PORT?.trim());
  if (studio && prescribed) await studioPort(config.studioPort, true);
  await proveAddress(config.server);
  const opening = openDatabase(config, progress.step);
  stops.push(async () => (await opening.catch(() => undefined))?.close());
  opening.catch(() => {});
  const { start } = await import('./start.ts');
  await start({ config, database: await opening, studio, progress, say: console.log, stops });
}

if (import.meta.main) {
  await runCommand({
    name: 'start',
    summary:
      'Starts the database, applies migrations, seeds it when empty, checks every table, and serves the API and Prisma Studio, until Ctrl-C.',
    options: { 'no-studio': { type: 'boolean', help: 'leave Prisma Studio out' } },
    exits: { 0: 'stopped by Ctrl-C or SIGTERM', 1: 'could not start; nothing is left half done' },
    run: async (values) => {
      const stop = stopSignal();
      const stops: Stops = [];
      const progress = terminalProgress();
      const running = begin(!values['no-studio'], progress, stops);
      try {
        await Promise.race([stop.received, running.then(() => stop.received)]);
        progress.done();
        console.log('Stopping …');
      } finally {
        for (const end of stops.reverse()) await end();
        stop.release();
      }
      // A start that was interrupted may still hold connections; the database rolls back what they had begun.
      process.exit(0);
    },
  });
}
