import type { PoolConfig } from 'pg';
import { EngineFault } from './fault.ts';

/** What one connection URL says, in the terms of `pg` and of Prisma. */
export type Target = {
  pool: PoolConfig;
  host: string;
  port: number;
  user: string;
  database: string;
  /** The schema that Prisma works in: the URL's `schema` parameter. */
  schema: string;
};

const CONNECT_TIMEOUT_SECONDS = 5;

/**
 * Reads a PostgreSQL URL. Of Prisma's own URL parameters `schema` and `connect_timeout` (seconds, 0 = wait for ever)
 * are understood; the others are left to `pg`.
 *
 * The pool holds exactly one connection that is never recycled, because the migration lock, `search_path` and other
 * session state must be the same for every query of the engine.
 *
 * @throws EngineFault P1013 when the text is no PostgreSQL URL
 */
export function readUrl(text: string): Target {
  const url = parse(text);
  const schema = url.searchParams.get('schema') ?? 'public';
  const seconds = Number(url.searchParams.get('connect_timeout') ?? CONNECT_TIMEOUT_SECONDS);
  const timeout = Number.isFinite(seconds) && seconds >= 0 ? seconds : CONNECT_TIMEOUT_SECONDS;
  const options = [url.searchParams.get('options') ?? '', '-c TimeZone=UTC'];
  if (url.searchParams.has('schema')) options.push(`-c search_path=${escapeOption(`"${schema}"`)}`);
  url.searchParams.delete('schema');
  url.searchParams.delete('connect_timeout');
  url.searchParams.delete('options');
  const user = decodeURIComponent(url.username);
  return {
    pool: {
      connectionString: url.toString(),
      options: options.join(' ').trim(),
      application_name: url.searchParams.get('application_name') ?? 'prisma-schema-engine',
      connectionTimeoutMillis: timeout * 1000,
      max: 1,
      idleTimeoutMillis: 0,
    },
    host: url.searchParams.get('host') ?? url.hostname,
    port: Number(url.port || 5432),
    user,
    database: decodeURIComponent(url.pathname.slice(1)) || user,
    schema,
  };
}

/** The same server and credentials, another database. */
export function withDatabase(text: string, database: string): string {
  const url = parse(text);
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.toString();
}

function parse(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['postgres:', 'postgresql:'].includes(url.protocol)) {
    throw new EngineFault(
      'P1013',
      'The provided database string is invalid. It must be a URL of the form ' +
        'postgresql://user:password@host:5432/database; characters such as @ : / # ? in the password must be percent-encoded.',
    );
  }
  return url;
}

/** The server splits `options` at blanks; a backslash keeps one together. */
function escapeOption(value: string): string {
  return value.replace(/[\\ ]/g, '\\$&');
}
