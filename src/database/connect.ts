import type { Config } from '../config.ts';
import { openEmbedded } from './embedded/open.ts';
import { loginUrls } from './external/logins.ts';
import { probe } from './external/probe.ts';

export { authSecret } from './auth-secret.ts';
export { contextKey, type KeyStore, keyStore } from './context-keys.ts';
export { ensureLogins } from './external/ensure-logins.ts';

/** Connection strings by role. With an external server, `app` and the others work after `ensureLogins`. */
export interface DatabaseUrls {
  /** Owns the objects and runs migrations; sees no rows under forced row-level security. */
  readonly owner: string;
  readonly app: string;
  readonly platform: string;
  readonly ingest: string;
  /** A database that Prisma may empty; undefined when an external server was given without one. */
  readonly shadow?: string;
}

/** A server that runs and accepts the owner's password. */
export interface Database {
  readonly kind: 'embedded' | 'external';
  readonly urls: DatabaseUrls;
  /** Roles whose passwords Lotline made itself and may set; empty for the embedded server. */
  readonly derivedLogins: readonly DerivedLogin[];
  close(): Promise<void>;
}

export interface DerivedLogin {
  readonly role: string;
  readonly url: string;
  readonly password: string;
}

/**
 * The database that the settings select: the embedded server, started when it does not run, or the server of DATABASE_URL,
 * checked. `onProgress` is told steps of a start and warnings. Throws LotlineError with a stable code.
 */
export async function openDatabase(
  config: Config,
  onProgress: (message: string) => void = () => {},
): Promise<Database> {
  if (config.databaseUrl === undefined) {
    const { urls, close } = await openEmbedded(config, onProgress);
    return { kind: 'embedded', urls, derivedLogins: [], close };
  }
  const { warning } = await probe(config.databaseUrl, 'DATABASE_URL');
  if (warning) onProgress(warning);
  const { urls, derived } = await loginUrls(config, config.databaseUrl);
  return {
    kind: 'external',
    urls: {
      owner: config.databaseUrl,
      ...urls,
      ...(config.shadowDatabaseUrl === undefined ? {} : { shadow: config.shadowDatabaseUrl }),
    },
    derivedLogins: derived,
    close: async () => {},
  };
}
