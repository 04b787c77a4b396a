import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connectTo } from '../../src/database/client.ts';
import { PASSWORD } from './server.ts';

const PROGRAM = process.env.LOTLINE_TEST_PGBOUNCER ?? '/usr/sbin/pgbouncer';

/** Whether PgBouncer is on this machine; what needs it is left out where it is not. */
export const hasPgBouncer = existsSync(PROGRAM);

/** Whether it keeps prepared statements apart and forgets them with `DEALLOCATE ALL`, as from 1.22 on. */
export const pgBouncerPrepares = hasPgBouncer && minorVersion() >= 22;

/**
 * PgBouncer in transaction mode before the database of `url`, with two server connections.
 * @param settings further lines of its configuration, such as `max_prepared_statements = 100`
 */
export async function startPgBouncer(
  url: string,
  settings: readonly string[] = [],
): Promise<{ url: string; stop(): Promise<void> }> {
  const { hostname, port, pathname, username } = new URL(url);
  const folder = mkdtempSync(join(tmpdir(), 'pgbouncer-'));
  chmodSync(folder, 0o755);
  const own = await freePort();
  writeFileSync(join(folder, 'users.txt'), `"${username}" "${PASSWORD}"\n`);
  writeFileSync(
    join(folder, 'pgbouncer.ini'),
    [
      '[databases]',
      `${pathname.slice(1)} = host=${hostname} port=${port}`,
      '[pgbouncer]',
      `listen_addr = 127.0.0.1`,
      `listen_port = ${own}`,
      'unix_socket_dir =',
      'auth_type = scram-sha-256',
      `auth_file = ${join(folder, 'users.txt')}`,
      'pool_mode = transaction',
      'default_pool_size = 2',
      'server_idle_timeout = 1',
      ...settings,
    ].join('\n'),
  );
  // It refuses to run as root.
  const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const child = spawn(PROGRAM, [...user, join(folder, 'pgbouncer.ini')], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const through = new URL(url);
  through.port = String(own);
  for (let attempt = 0; ; attempt += 1) {
    try {
      await (await connectTo(through.toString())).end();
      break;
    } catch (error) {
      if (attempt > 100) throw error;
      await pause(50);
    }
  }
  return {
    url: through.toString(),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function minorVersion(): number {
  const { stdout } = spawnSync(PROGRAM, ['--version'], { encoding: 'utf8' });
  return Number(/^PgBouncer 1\.(\d+)/.exec(stdout)?.[1]);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
