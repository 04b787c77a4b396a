import { randomBytes } from 'node:crypto';
import { addressOf, type Config } from '../../config.ts';
import type { Database } from '../connect.ts';
import { keepSecrets } from './kept.ts';

/**
 * The key that signs tenant contexts of a database: LOTLINE_CONTEXT_KEY, else 32 bytes that were made once and are
 * kept with the passwords. `id` names it in a token.
 */
export async function contextKey(
  config: Config,
  database: Pick<Database, 'contextKey' | 'urls'>,
): Promise<{ id: number; secret: Buffer }> {
  const given = config.contextKey ?? database.contextKey;
  if (given) return { id: 1, secret: given };
  const hex = await keepSecrets(config.dataFolder, ({ contextKeys }) => {
    const address = addressOf(database.urls.owner);
    contextKeys[address] ??= randomBytes(32).toString('hex');
    return contextKeys[address];
  });
  return { id: 1, secret: Buffer.from(hex, 'hex') };
}
