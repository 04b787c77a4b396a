import { randomBytes } from 'node:crypto';
import type { Config } from '../config.ts';
import { addressOf } from '../database-settings.ts';
import { LotlineError } from '../errors.ts';
import type { Database } from './connect.ts';
import { readCredentials } from './embedded/credentials.ts';
import { pathsIn } from './embedded/state.ts';
import { keepSecrets, keptFile } from './external/kept.ts';

/**
 * The secret that signs cookies and links of sign-in and encrypts second factors: that of LOTLINE_AUTH_SECRET, else the one
 * kept with the passwords, where 32 bytes are made the first time. Another secret ends all sessions and second factors.
 * @throws LotlineError `AUTH_SECRET_DAMAGED` or that of an unreadable file
 */
export async function authSecret(
  config: Pick<Config, 'authSecret' | 'dataFolder'>,
  database: Pick<Database, 'kind' | 'urls'>,
): Promise<string> {
  if (config.authSecret) return config.authSecret;
  const { dataFolder } = config;
  if (database.kind === 'embedded') {
    const file = pathsIn(dataFolder).credentials;
    return trusted(readCredentials(file)?.authSecret, file);
  }
  const address = addressOf(database.urls.owner);
  const kept = await keepSecrets(dataFolder, ({ authSecrets }) => {
    authSecrets[address] ??= randomBytes(32).toString('hex');
    return authSecrets[address];
  });
  return trusted(kept, keptFile(dataFolder));
}

function trusted(secret: string | undefined, file: string): string {
  if (typeof secret === 'string' && secret.length >= 32) return secret;
  throw new LotlineError(
    'AUTH_SECRET_DAMAGED',
    `The sign-in secret in ${file} cannot be read.`,
    'Remove the entry from the file: a start makes a new one. People sign in again and set up their second factors anew.',
  );
}
