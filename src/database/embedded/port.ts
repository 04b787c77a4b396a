import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { LotlineError } from '../../errors.ts';

/**
 * The port to listen on: the prescribed one, else the remembered one, else a free one. Without memory the search
 * begins at a number made from `folder`, below the ports that systems lend to outgoing connections, so that a
 * project tends to keep its port. Throws LotlineError `PORT_BUSY` for a prescribed port in use.
 */
export async function choosePort(
  prescribed: number | undefined,
  remembered: number | undefined,
  folder: string,
): Promise<number> {
  if (prescribed !== undefined) {
    if (await isFree(prescribed)) return prescribed;
    throw portBusy(prescribed);
  }
  if (remembered !== undefined && (await isFree(remembered))) return remembered;
  const start = createHash('sha256').update(folder).digest().readUInt16BE(0);
  for (let step = 0; step < 1000; step++) {
    const port = 15432 + ((start + step * 7) % 10000);
    if (await isFree(port)) return port;
  }
  throw new LotlineError(
    'PORT_BUSY',
    'No free port was found between 15432 and 25431.',
    'Set LOTLINE_PORT to a free port.',
  );
}

/** The error for a port that LOTLINE_PORT prescribes and something else uses. */
export function portBusy(port: number): LotlineError {
  const holder = holderOf(port);
  return new LotlineError(
    'PORT_BUSY',
    `Port ${port} (LOTLINE_PORT) is in use by ${holder ?? 'another program'}.`,
    'Stop that program, or set LOTLINE_PORT to another port. Without it a free port is chosen.',
  );
}

/** Whether 127.0.0.1 has nothing listening on `port`. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Name and process id of who listens on a port, as far as this user may know. */
function holderOf(port: number): string | undefined {
  try {
    if (process.platform === 'linux') return holderOnLinux(port);
    const fields = execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fcp'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return named(/^c(.+)$/m.exec(fields)?.[1], /^p(\d+)$/m.exec(fields)?.[1]);
  } catch {
    return undefined;
  }
}

function holderOnLinux(port: number): string | undefined {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const sockets = ['/proc/net/tcp', '/proc/net/tcp6']
    .flatMap((file) => readFileSync(file, 'utf8').split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(`:${hex}`) && fields[3] === '0A')
    .map((fields) => `socket:[${fields[9]}]`);
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (handlesOf(pid).some((handle) => sockets.includes(handle)))
      return named(readFileSync(`/proc/${pid}/comm`, 'utf8').trim(), pid);
  }
  return undefined;
}

function named(name: string | undefined, pid: string | undefined): string | undefined {
  return name === undefined ? undefined : `${name} (process ${pid})`;
}

/** What a process has open, as far as this user may know; a handle that is closed meanwhile hides no other. */
function handlesOf(pid: string): string[] {
  const read = <T>(get: () => T[]): T[] => {
    try {
      return get();
    } catch {
      return [];
    }
  };
  return read(() => readdirSync(`/proc/${pid}/fd`)).flatMap((handle) =>
    read(() => [readlinkSync(`/proc/${pid}/fd/${handle}`)]),
  );
}
