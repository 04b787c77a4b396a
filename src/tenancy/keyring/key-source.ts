import { statSync } from 'node:fs';
import type { Config } from '../../config.ts';
import { type Database, type KeyStore, keyStore } from '../../database/connect.ts';
import type { ContextKey } from '../context.ts';

/** Where a client takes the key for each signature. A key that never changes is `{ signing: () => key }`. */
export interface KeySource {
  signing(): ContextKey;
}

/** Milliseconds after which every running process has seen that its key file changed. */
export const REREAD = 1000;

/**
 * The signing key of a store, followed while it is rotated: at most once in `every` milliseconds the file is looked at
 * (one stat), and read when it is another one. A file that cannot be read for the moment leaves the last key in force.
 */
export function watchKeys(
  store: Pick<KeyStore, 'file' | 'read'>,
  every = REREAD,
  now: () => number = () => performance.now(),
): KeySource {
  let key: ContextKey | undefined;
  let seen: string | undefined;
  let looked = Number.NEGATIVE_INFINITY;
  return {
    signing() {
      const time = now();
      if (key && time - looked < every) return key;
      looked = time;
      const stamp = store.file ? stampOf(store.file) : '';
      if (key && (stamp === undefined || stamp === seen)) return key;
      try {
        key = store.read()[0];
        seen = stamp;
      } catch (error) {
        if (!key) throw error;
      }
      return key;
    },
  };
}

/** The key source of an open database: what a server gives to its tenant client. */
export async function contextKeys(
  config: Pick<Config, 'contextKeys' | 'dataFolder'>,
  database: Pick<Database, 'kind' | 'urls'>,
): Promise<KeySource> {
  return watchKeys(await keyStore(config, database));
}

function stampOf(file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  return found && `${found.ino} ${found.mtimeMs} ${found.size}`;
}
