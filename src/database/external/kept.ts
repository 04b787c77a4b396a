import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { exclusively } from '../embedded/claims.ts';
import { asLotlineError } from '../embedded/failures.ts';
import { readSecretFile, writeSecretFile } from '../secret-file.ts';

/**
 * Secrets for external servers: passwords by `host:port`, keyrings (see keyring.ts) and secrets of sign-in by
 * `host:port/database`.
 */
export interface Kept {
  logins: Record<string, Record<string, string>>;
  contextKeys: Record<string, string>;
  authSecrets: Record<string, string>;
}

/**
 * Reads the secrets, lets `change` complete them, and writes them back when it did. One process at a time, so
 * that two first starts do not make two passwords.
 */
export async function keepSecrets<T>(dataFolder: string, change: (kept: Kept) => T): Promise<T> {
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    return await exclusively(join(dataFolder, 'external-lock'), () => {
      const kept = readKept(dataFolder);
      const before = JSON.stringify(kept);
      const result = change(kept);
      if (JSON.stringify(kept) !== before) writeSecretFile(keptFile(dataFolder), kept);
      return result;
    });
  } catch (error) {
    throw asLotlineError(error, dataFolder);
  }
}

export function keptFile(dataFolder: string): string {
  return join(dataFolder, 'external-credentials.json');
}

/** The secrets as they are now; what was never made is missing. */
export function readKept(dataFolder: string): Kept {
  return {
    logins: {},
    contextKeys: {},
    authSecrets: {},
    ...readSecretFile<Partial<Kept>>(keptFile(dataFolder)),
  };
}
