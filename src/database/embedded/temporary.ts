import { chmodSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isRoot } from './account.ts';
import { readCredentials, superuserRole } from './credentials.ts';
import { lease, whenStopped } from './lease.ts';

export interface TemporaryServer {
  /** The superuser on the database `postgres`. */
  readonly superuserUrl: string;
  /** Stops the server and removes its folder; resolves when both are gone. */
  stop(): Promise<void>;
}

/**
 * Starts an empty PostgreSQL for tests: a port and a folder of its own, nothing forced to the disk. `binaries` is
 * `embedded` or a `bin` folder; `settings` are server settings. It ends with this process, however that ends.
 */
export async function startTemporaryServer(options: {
  binaries: 'embedded' | (string & {});
  settings?: Readonly<Record<string, string>>;
}): Promise<TemporaryServer> {
  const folder = mkdtempSync(join(tmpdir(), 'lotline-'));
  if (isRoot()) chmodSync(folder, 0o711);
  const { paths, state, release } = await lease({
    folder,
    binaries: options.binaries,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', ...options.settings },
    temporary: true,
    linger: 0,
  });
  const password = readCredentials(paths.credentials)?.superuser;
  return {
    superuserUrl: `postgresql://${superuserRole}:${password}@127.0.0.1:${state.port}/postgres`,
    async stop() {
      release();
      await whenStopped(folder);
      while (existsSync(paths.data)) await pause(10);
    },
  };
}
