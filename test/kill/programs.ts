import { spawn } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../support/keys.ts';

/** Where the programs of one run keep their data and listen. */
export interface Place {
  readonly folder: string;
  readonly port: number;
}

/** The server or a worker, as a process of its own. */
export interface Program {
  readonly pid: number;
  /** Resolves when it serves, or takes jobs. @throws Error with its output, where it ends before */
  ready(): Promise<void>;
  /** SIGKILL; resolves when it has ended. */
  kill(): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** The exit code; null after a signal. */
  readonly ended: Promise<number | null>;
  output(): string;
}

/** `npm start -- --no-studio` without npm, on a port of its own. */
export const runServer = (place: Place, env: NodeJS.ProcessEnv = {}) =>
  run(place, ['src/main.ts', '--no-studio'], /^Ready in /m, env);

/** `npm run worker` without npm. */
export const runWorker = (place: Place) => run(place, ['src/cli/worker.ts'], /"msg":"ready"/);

function run(
  { folder, port }: Place,
  args: readonly string[],
  isReady: RegExp,
  env: NodeJS.ProcessEnv = {},
): Program {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/DATABASE_URL$|^LOTLINE_|^STUDIO_|^PORT$|^VITEST|^NODE_ENV$/.test(name),
  );
  const child = spawn(process.execPath, [join(root, args[0]!), ...args.slice(1)], {
    cwd: root,
    env: {
      ...Object.fromEntries(inherited),
      NODE_OPTIONS: '',
      LOTLINE_DATA: folder,
      PORT: String(port),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk;
    });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    pid: child.pid!,
    ended,
    output: () => output,
    signal: (name) => void child.kill(name),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    ready: async () => {
      while (!isReady.test(output)) {
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`it ended early:\n${output}`);
        await pause(20);
      }
    },
  };
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
