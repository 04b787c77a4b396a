import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { LotlineError } from '../../errors.ts';
import { studioPort } from './port.ts';

export interface StudioOptions {
  readonly root: string;
  readonly port: number;
  /** Whether the port was asked for, so that no other will do. */
  readonly prescribed: boolean;
  /** Told when Studio ends by itself after it was ready, with what it last said. */
  readonly onDeath?: (said: string) => void;
}

export interface ServedStudio {
  readonly port: number;
  /** Opens Studio on a table with rows of every tenant; Studio's own first table is the history of migrations. */
  readonly url: string;
  /** Ends Studio and resolves when it has ended. */
  stop(): Promise<void>;
}

/** How long Studio may take to end by itself before it is killed. */
const PATIENCE = 3000;

/**
 * Serves Prisma Studio on 127.0.0.1 as the platform role (prisma.config.ts chooses it, so that no password stands in the
 * process list), and waits until it answers. It ends with this process, however that ends.
 * @throws LotlineError `STUDIO_PORT_BUSY`, `STUDIO_FAILED`
 */
export async function serveStudio(options: StudioOptions): Promise<ServedStudio> {
  const port = await studioPort(options.port, options.prescribed);
  const child = startPrisma(options.root, port);
  let said = '';
  let stopping = false;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    stopping = true;
    if (child.exitCode !== null || child.signalCode !== null) return;
    if (child.connected) child.disconnect();
    const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
    await ended;
    clearTimeout(timer);
  };
  const ready = new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said = `${said}${stripVTControlCharacters(chunk.toString())}`.slice(-4000);
      if (said.includes(`localhost:${port}`)) resolve();
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('error', reject);
    void ended.then(() => reject(failed(said)));
  });
  try {
    await ready;
  } catch (error) {
    await stop();
    throw error;
  }
  void ended.then(() => {
    if (!stopping) options.onDeath?.(said.trim());
  });
  return { port, url: `http://localhost:${port}/#schema=public&table=organizations&view=table`, stop };
}

function startPrisma(root: string, port: number): ChildProcess {
  const prisma = createRequire(import.meta.url).resolve('prisma/build/index.js');
  const leash = new URL(`./leash${extname(import.meta.url)}`, import.meta.url).href;
  return fork(prisma, ['studio', '--browser', 'none', '--port', String(port)], {
    cwd: root,
    execArgv: ['--import', leash],
    env: { ...process.env, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // In a group of its own, so that the terminal's Ctrl-C reaches it through the leash only.
    detached: true,
  });
}

function failed(said: string): LotlineError {
  return new LotlineError(
    'STUDIO_FAILED',
    `Prisma Studio ended before it was ready:\n${said.trim()}`,
    'mend what it names, or leave it out: npm start -- --no-studio',
  );
}
