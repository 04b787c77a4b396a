import { withEnvironmentFile } from '../config.ts';
import { LotlineError } from '../errors.ts';
import { keepStudio, type ServedStudio } from '../report/index.ts';
import { type ExitCode, runCommand } from './command.ts';
import { type Session, withSession } from './session.ts';
import { stopSignal } from './stop-signal.ts';

/**
 * The port that Studio should have: the option, else STUDIO_PORT, else 5555. Only a port that was asked for is
 * insisted on.
 * @throws LotlineError `USAGE`
 */
export function wantedPort(
  config: Session['config'],
  option?: string,
): { port: number; prescribed: boolean } {
  if (option === undefined) {
    const set = withEnvironmentFile(process.env, config.root).STUDIO_PORT?.trim();
    return { port: config.studioPort, prescribed: Boolean(set) };
  }
  const port = /^\d{1,5}$/.test(option) ? Number(option) : 0;
  if (port >= 1 && port <= 65535) return { port, prescribed: true };
  throw new LotlineError(
    'USAGE',
    `"${option}" is not a port.`,
    'give a number from 1 to 65535, for example --port 5600',
  );
}

/** Serves Prisma Studio; says so where its port is not the usual one, and when it ends by itself. */
export async function studio(
  config: Session['config'],
  option: string | undefined,
  say: (line: string) => void,
): Promise<ServedStudio> {
  const wanted = wantedPort(config, option);
  const served = await keepStudio({ root: config.root, ...wanted }, say);
  if (served.port !== wanted.port) say(`Port ${wanted.port} is in use, so Prisma Studio has ${served.port}.`);
  return served;
}

if (import.meta.main) {
  await runCommand({
    name: 'db:studio',
    summary: 'Serves Prisma Studio on this machine, as the platform role, until Ctrl-C.',
    options: {
      port: {
        type: 'string',
        value: 'port',
        help: 'where to serve it; without: STUDIO_PORT, or 5555, or the next free one',
      },
    },
    run: (values) =>
      withSession<ExitCode>(false, async ({ config, progress }) => {
        const stop = stopSignal();
        progress.step('start Prisma Studio');
        const served = studio(config, typeof values.port === 'string' ? values.port : undefined, console.log);
        try {
          // A stop before it is ready stops it as well.
          await Promise.race([stop.received, served.then(tell).then(() => stop.received)]);
          await (await served).stop();
          return 0;
        } finally {
          stop.release();
        }

        function tell({ url }: ServedStudio) {
          progress.done();
          console.log(`Prisma Studio: ${url}\nCtrl-C stops it.`);
        }
      }),
  });
}
