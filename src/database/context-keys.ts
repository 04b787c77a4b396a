import { randomBytes } from 'node:crypto';
import type { Config } from '../config.ts';
import { addressOf } from '../database-settings.ts';
import { LotlineError } from '../errors.ts';
import { formatKeyring, type KeptKey, type Keyring, parseKeyring } from '../keyring.ts';
import type { Database } from './connect.ts';
import { changeCredentials, readCredentials } from './embedded/credentials.ts';
import { pathsIn } from './embedded/state.ts';
import { keepSecrets, keptFile, readKept } from './external/kept.ts';

/** Where the keys of a database are kept. */
export interface KeyStore {
  /** The file that running processes watch; undefined where LOTLINE_CONTEXT_KEY prescribes the keys. */
  readonly file?: string;
  /** The keys as they are now. Throws LotlineError `CONTEXT_KEY_DAMAGED` or that of an unreadable file. */
  read(): Keyring;
  /** Replaces the keys, as a whole; absent where they are prescribed. */
  write?(keys: Keyring): Promise<void>;
}

/**
 * The keys that sign contexts of a database: those of LOTLINE_CONTEXT_KEY, else those kept with the passwords, where
 * 32 bytes are made the first time.
 */
export async function keyStore(
  config: Pick<Config, 'contextKeys' | 'dataFolder'>,
  database: Pick<Database, 'kind' | 'urls'>,
): Promise<KeyStore> {
  const { contextKeys, dataFolder } = config;
  if (contextKeys) return { read: () => contextKeys };
  if (database.kind === 'embedded') {
    const file = pathsIn(dataFolder).credentials;
    return {
      file,
      read: () => trusted(readCredentials(file)?.contextKey, file),
      write: (keys) => changeCredentials(file, { contextKey: formatKeyring(keys) }),
    };
  }
  const file = keptFile(dataFolder);
  const address = addressOf(database.urls.owner);
  await keepSecrets(dataFolder, ({ contextKeys: kept }) => {
    kept[address] ??= formatKeyring([{ id: 1, secret: randomBytes(32) }]);
  });
  return {
    file,
    read: () => trusted(readKept(dataFolder).contextKeys[address], file),
    write: (keys) =>
      keepSecrets(dataFolder, ({ contextKeys: kept }) => {
        kept[address] = formatKeyring(keys);
      }),
  };
}

/** The key that signs now. For a process that lives longer than one command, see contextKeys() of the tenancy. */
export async function contextKey(
  config: Pick<Config, 'contextKeys' | 'dataFolder'>,
  database: Pick<Database, 'kind' | 'urls'>,
): Promise<KeptKey> {
  return (await keyStore(config, database)).read()[0];
}

function trusted(text: string | undefined, file: string): Keyring {
  const keys = parseKeyring(text ?? '');
  if (keys) return keys;
  throw new LotlineError(
    'CONTEXT_KEY_DAMAGED',
    `The context key in ${file} cannot be read.`,
    'Remove the entry from the file: a start makes a new one, and `npx lotline keys rotate` takes over the newest key of the database.',
  );
}
