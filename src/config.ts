import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { addressOf, faultOfUrl } from './database-settings.ts';
import { LotlineError } from './errors.ts';
import { type Keyring, parseKeyring } from './keyring.ts';
import { type ServerSettings, serverSettings } from './server-settings.ts';
import { type SignInSettings, signInSettings } from './sign-in-settings.ts';
import { type StorageSettings, storageSettings } from './storage-settings.ts';

/** Trusted settings. URLs are whole connection strings; paths are absolute; ports are 1 to 65535. */
export interface Config extends SignInSettings {
  /** The project's root: `prisma/` and the default data folder stand in it. */
  readonly root: string;
  /** Holds the embedded cluster, generated passwords and keys. */
  readonly dataFolder: string;
  /** An external server, as a role that may migrate; undefined selects the embedded one. */
  readonly databaseUrl: string | undefined;
  readonly shadowDatabaseUrl: string | undefined;
  readonly appDatabaseUrl: string | undefined;
  readonly platformDatabaseUrl: string | undefined;
  readonly ingestDatabaseUrl: string | undefined;
  /** The embedded server's port when it is prescribed; undefined lets it choose and remember one. */
  readonly embeddedPort: number | undefined;
  readonly studioPort: number;
  /** Sign the tenant context, the first of them. Undefined has one generated and kept. */
  readonly contextKeys: Keyring | undefined;
  readonly server: ServerSettings;
  readonly storage: StorageSettings;
}

/** `env` over the settings in `<root>/.env`, where there is one: what is set for one command wins. */
export function withEnvironmentFile(env: NodeJS.ProcessEnv, root: string): NodeJS.ProcessEnv {
  try {
    return { ...parseEnv(readFileSync(resolve(root, '.env'), 'utf8')), ...env };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return env;
    throw new LotlineError(
      'ENVIRONMENT_FILE_UNREADABLE',
      `The file .env cannot be read: ${(error as Error).message}`,
      'Give yourself permission to read it, or remove it.',
      { cause: error },
    );
  }
}

/**
 * Turns the environment into settings. `root` is the project's root folder; relative paths start there. An empty
 * variable counts as not set. Throws one LotlineError `CONFIG_INVALID` that lists every fault; passwords are
 * never in it.
 */
export function readConfig(env: NodeJS.ProcessEnv, root: string): Config {
  const faults: string[] = [];
  const text = (name: string) => env[name]?.trim() || undefined;
  const url = (name: string) => {
    const value = text(name);
    const fault = value === undefined ? undefined : faultOfUrl(value);
    if (fault) faults.push(`${name}: ${fault}`);
    return fault ? undefined : value;
  };
  const port = (name: string) => {
    const value = text(name);
    if (value === undefined) return undefined;
    const number = /^\d{1,5}$/.test(value) ? Number(value) : 0;
    if (number >= 1 && number <= 65535) return number;
    faults.push(`${name}: "${value}" is not a port. Give a number from 1 to 65535.`);
    return undefined;
  };

  const config: Config = {
    root: resolve(root),
    dataFolder: resolve(root, text('LOTLINE_DATA') ?? '.lotline'),
    databaseUrl: url('DATABASE_URL'),
    shadowDatabaseUrl: url('SHADOW_DATABASE_URL'),
    appDatabaseUrl: url('APP_DATABASE_URL'),
    platformDatabaseUrl: url('PLATFORM_DATABASE_URL'),
    ingestDatabaseUrl: url('INGEST_DATABASE_URL'),
    embeddedPort: port('LOTLINE_PORT'),
    studioPort: port('STUDIO_PORT') ?? 5555,
    contextKeys: contextKeys(text('LOTLINE_CONTEXT_KEY'), faults),
    server: serverSettings(text, faults),
    storage: storageSettings(text, resolve(root), faults),
    ...signInSettings(text, faults),
  };

  if (!text('DATABASE_URL')) {
    for (const name of [
      'SHADOW_DATABASE_URL',
      'APP_DATABASE_URL',
      'PLATFORM_DATABASE_URL',
      'INGEST_DATABASE_URL',
    ]) {
      if (text(name)) faults.push(`${name}: is set without DATABASE_URL. Set both, or neither.`);
    }
  }
  if (config.databaseUrl && config.shadowDatabaseUrl) {
    if (addressOf(config.databaseUrl) === addressOf(config.shadowDatabaseUrl)) {
      faults.push(
        'SHADOW_DATABASE_URL: is the database of DATABASE_URL, which Prisma would empty. Name another, empty database.',
      );
    }
  }
  if (config.embeddedPort === config.studioPort) {
    faults.push(
      `STUDIO_PORT: is ${config.studioPort}, the port of LOTLINE_PORT. Give them different numbers.`,
    );
  }

  if (faults.length > 0) {
    throw new LotlineError(
      'CONFIG_INVALID',
      `${faults.length === 1 ? 'A setting is' : `${faults.length} settings are`} wrong:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
      'Correct the environment variables (or the file .env) named above.',
    );
  }
  return config;
}

function contextKeys(value: string | undefined, faults: string[]): Keyring | undefined {
  if (value === undefined) return undefined;
  const keys = parseKeyring(value);
  if (!keys) {
    faults.push(
      'LOTLINE_CONTEXT_KEY: must be 64 to 128 hexadecimal digits (32 to 64 bytes), or <id>:<digits> for each key, separated by commas. Make one with: openssl rand -hex 32',
    );
  }
  return keys;
}
