import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { LotlineError } from './errors.ts';
import { type Keyring, parseKeyring } from './keyring.ts';
import { type ServerSettings, serverSettings } from './server-settings.ts';

/** Trusted settings. URLs are whole connection strings; paths are absolute; ports are 1 to 65535. */
export interface Config {
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
  /** Where people and programs reach the server: an origin, without a path. Undefined is where it listens. */
  readonly baseUrl: string | undefined;
  /** Where the web application is, when that is another origin. */
  readonly webUrl: string | undefined;
  /** Signs cookies and links of sign-in, 32 characters at least. Undefined has one generated and kept. */
  readonly authSecret: string | undefined;
  /** Undefined has mails captured instead of sent. */
  readonly mail: { readonly smtpUrl: string; readonly from: string } | undefined;
  /** An OpenID Connect provider; undefined leaves it out. */
  readonly oidc: OidcSettings | undefined;
}

export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** For the button. */
  readonly name?: string;
}

/** Where uploaded files are kept. */
export type StorageSettings =
  | { readonly kind: 'local'; readonly folder: string }
  | {
      readonly kind: 's3';
      readonly endpoint: string;
      readonly region: string;
      readonly bucket: string;
      readonly accessKeyId: string;
      /** A function, so that printing the settings does not show it. */
      readonly secretAccessKey: () => string;
      readonly pathStyle: boolean;
    };

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
    baseUrl: originOf('BASE_URL', text('BASE_URL'), faults),
    webUrl: originOf('WEB_URL', text('WEB_URL'), faults),
    authSecret: authSecret(text('LOTLINE_AUTH_SECRET'), faults),
    mail: mailSettings(text, faults),
    oidc: oidcSettings(text, faults),
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

/** Where a URL leads, without user, password and options: `host:port/database`. */
export function addressOf(url: string): string {
  const { hostname, port, pathname, searchParams } = new URL(url);
  return `${searchParams.get('host') ?? hostname}:${port || 5432}${pathname}`;
}

function faultOfUrl(value: string): string | undefined {
  const shape = 'postgresql://user:password@host:5432/database';
  const protocol = /^([a-z][a-z0-9+.-]*):/i.exec(value)?.[1]?.toLowerCase();
  if (protocol !== 'postgresql' && protocol !== 'postgres') {
    // The scheme is shown only before `://`: otherwise it may be part of a password.
    const seen = /^[a-z][a-z0-9+.-]*:\/\//i.test(value)
      ? `is for "${protocol}", not PostgreSQL`
      : 'is no URL';
    return `${seen}. Write ${shape}`;
  }
  let url: URL;
  try {
    url = new URL(value);
    decodeURIComponent(url.username + url.password + url.pathname);
  } catch {
    return `cannot be read as a URL. Write ${shape}, with @ : / # ? % in the password percent-encoded (@ is %40, # is %23)`;
  }
  if (!url.hostname) return `names no host. Write ${shape}`;
  if (!url.username) return `names no user. Write ${shape}`;
  if (url.pathname.length < 2) return `names no database. Write ${shape}`;
  if (url.hash) return 'contains "#". Percent-encode it in the password as %23';
  return undefined;
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

const S3_NAMES = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const;

function storageSettings(
  text: (name: string) => string | undefined,
  root: string,
  faults: string[],
): StorageSettings {
  const kind = text('STORAGE') ?? 'local';
  const local = {
    kind: 'local',
    folder: resolve(root, text('STORAGE_FOLDER') ?? join(text('LOTLINE_DATA') ?? '.lotline', 'files')),
  } as const;
  if (kind !== 's3') {
    if (kind !== 'local') faults.push(`STORAGE: is "${kind}". Write local or s3.`);
    const set = kind === 'local' ? S3_NAMES.filter((name) => text(name)) : [];
    if (set.length > 0) faults.push(`${set.join(', ')}: set without STORAGE=s3. Set both, or neither.`);
    return local;
  }
  if (text('STORAGE_FOLDER')) faults.push('STORAGE_FOLDER: is set beside STORAGE=s3. Choose one.');
  for (const name of S3_NAMES) if (!text(name)) faults.push(`${name}: is needed with STORAGE=s3.`);
  const endpoint = text('S3_ENDPOINT') ?? '';
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (endpoint && !['http:', 'https:'].includes(url?.protocol ?? ''))
    faults.push('S3_ENDPOINT: is no web address. Write https://s3.example.com');
  else if (url && (url.username || url.password || url.search || url.hash))
    faults.push(
      'S3_ENDPOINT: carries more than an address. Credentials belong into S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY.',
    );
  const bucket = text('S3_BUCKET') ?? '';
  if (bucket && !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    faults.push(`S3_BUCKET: "${bucket}" is no name of a bucket.`);
  const style = text('S3_PATH_STYLE') ?? 'true';
  if (!['true', 'false'].includes(style)) faults.push(`S3_PATH_STYLE: is "${style}". Write true or false.`);
  const secret = text('S3_SECRET_ACCESS_KEY') ?? '';
  return {
    kind: 's3',
    endpoint,
    region: text('S3_REGION') ?? 'us-east-1',
    bucket,
    accessKeyId: text('S3_ACCESS_KEY_ID') ?? '',
    secretAccessKey: () => secret,
    pathStyle: style === 'true',
  };
}

type Text = (name: string) => string | undefined;

function originOf(name: string, value: string | undefined, faults: string[]): string | undefined {
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href) return url.origin;
  faults.push(`${name}: is no address of a server. Write https://app.example.com, without a path.`);
  return undefined;
}

function authSecret(value: string | undefined, faults: string[]): string | undefined {
  if (value === undefined || value.length >= 32) return value;
  faults.push('LOTLINE_AUTH_SECRET: must have at least 32 characters. Make one with: openssl rand -hex 32');
  return undefined;
}

function mailSettings(text: Text, faults: string[]): Config['mail'] {
  const [smtpUrl, from] = [text('SMTP_URL'), text('MAIL_FROM')];
  const before = faults.length;
  if (smtpUrl !== undefined && !(URL.canParse(smtpUrl) && /^smtps?:\/\/[^/]/.test(smtpUrl)))
    faults.push(
      'SMTP_URL: is no SMTP server. Write smtp://user:password@host:587 or smtps://…:465, with @ : / # ? % in the password percent-encoded.',
    );
  if (from !== undefined && !/^([^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/.test(from))
    faults.push('MAIL_FROM: is no sender. Write Lotline <no-reply@example.com>.');
  if (smtpUrl !== undefined && from === undefined)
    faults.push('MAIL_FROM: is not set, but SMTP_URL is. Write Lotline <no-reply@example.com>.');
  if (smtpUrl === undefined || from === undefined || faults.length > before) return undefined;
  return { smtpUrl, from };
}

function oidcSettings(text: Text, faults: string[]): OidcSettings | undefined {
  const names = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const;
  const [issuer, clientId, clientSecret] = names.map(text);
  const name = text('OIDC_NAME');
  if (!issuer && !clientId && !clientSecret) {
    if (name) faults.push(`OIDC_NAME: is set without ${names.join(', ')}. Set all, or none.`);
    return undefined;
  }
  const before = faults.length;
  for (const each of names)
    if (!text(each)) faults.push(`${each}: is not set, but others of OpenID Connect are. Set all, or none.`);
  const local = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/;
  if (issuer && !(URL.canParse(issuer) && (issuer.startsWith('https://') || local.test(issuer))))
    faults.push(
      'OIDC_ISSUER: is no https address. Write it as the provider gives it: https://login.example.com',
    );
  if (!issuer || !clientId || !clientSecret || faults.length > before) return undefined;
  return { issuer, clientId, clientSecret, ...(name ? { name } : {}) };
}
