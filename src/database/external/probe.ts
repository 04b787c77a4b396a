import { Client } from 'pg';
import { LotlineError } from '../../errors.ts';

export const oldestVersion = 15;
export const newestVersion = 18;

/** Milliseconds until a server that does not answer counts as unreachable. */
const timeout = 5000;

/** A client with the timeouts that every connection of ours has. */
export function clientFor(connectionString: string): Client {
  return new Client({ connectionString, connectionTimeoutMillis: timeout, keepAlive: true });
}

/**
 * Connects once and looks at the version. `variable` is the setting that the URL comes from, for messages. Returns the
 * major version, and a warning for one that is newer than those tried. Throws LotlineError: `DATABASE_UNREACHABLE`,
 * `DATABASE_PASSWORD_WRONG`, `DATABASE_MISSING`, `DATABASE_NOT_POSTGRESQL`, `DATABASE_TOO_OLD` and others.
 */
export async function probe(
  url: string,
  variable: string,
): Promise<{ version: number; warning: string | undefined }> {
  const client = clientFor(url);
  // Without a listener, a connection that breaks while nobody waits on it would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ number: string; text: string }>(
      `SELECT current_setting('server_version_num') AS number, current_setting('server_version') AS text`,
    );
    const version = Math.floor(Number(rows[0]?.number) / 10000);
    if (version < oldestVersion) {
      throw new LotlineError(
        'DATABASE_TOO_OLD',
        `${variable}: the server at ${place(url)} is PostgreSQL ${rows[0]?.text}; Lotline needs ${oldestVersion} or newer.`,
        `Upgrade the server, name another one, or unset ${variable} to use the embedded PostgreSQL ${newestVersion}.`,
      );
    }
    const warning =
      version > newestVersion
        ? `The server is PostgreSQL ${version}, newer than ${newestVersion}, the newest that Lotline was tried with.`
        : undefined;
    return { version, warning };
  } catch (error) {
    throw connectionFailure(error, url, variable);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Host and port, for messages. */
export function place(url: string): string {
  const { hostname, port, searchParams } = new URL(url);
  return `${searchParams.get('host') ?? hostname}:${port || 5432}`;
}

function connectionFailure(error: unknown, url: string, variable: string): LotlineError {
  if (error instanceof LotlineError) return error;
  const { code = '', message } = error as { code?: string; message: string };
  const { username, pathname } = new URL(url);
  const role = decodeURIComponent(username);
  const database = decodeURIComponent(pathname.slice(1));
  const fail = (name: string, what: string, hint: string) =>
    new LotlineError(name, `${variable}: ${what}`, hint, { cause: error });

  if (/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ETIMEDOUT|EACCES|ENOENT)$/.test(code)) {
    return fail(
      'DATABASE_UNREACHABLE',
      `nothing answers at ${place(url)} (${code}).`,
      `Start the server, or correct host and port in ${variable}. Unset it to use the embedded server.`,
    );
  }
  if (/^(ENOTFOUND|EAI_AGAIN)$/.test(code)) {
    return fail(
      'DATABASE_UNREACHABLE',
      `the host name of ${place(url)} is not known (${code}).`,
      `Correct the host in ${variable}.`,
    );
  }
  if (/timeout expired|Connection terminated due to connection timeout/.test(message)) {
    return fail(
      'DATABASE_UNREACHABLE',
      `${place(url)} did not answer as PostgreSQL does within ${timeout / 1000} seconds.`,
      'Check host, port and firewalls.',
    );
  }
  if (code === '28P01' || /client password must be a string/.test(message)) {
    return fail(
      'DATABASE_PASSWORD_WRONG',
      `${place(url)} does not accept the password of "${role}".`,
      `Correct user and password in ${variable}; percent-encode special characters (@ is %40).`,
    );
  }
  if (code === '28000') {
    return fail(
      'DATABASE_ACCESS_DENIED',
      `${place(url)} does not let "${role}" in: ${message}`,
      'Create the role with LOGIN, allow it in pg_hba.conf, or add sslmode=require where the server asks for TLS.',
    );
  }
  if (code === '3D000') {
    return fail(
      'DATABASE_MISSING',
      `${place(url)} has no database "${database}".`,
      `Create it (CREATE DATABASE "${database}"), or correct the name in ${variable}.`,
    );
  }
  if (code === '42501') {
    return fail(
      'DATABASE_ACCESS_DENIED',
      `"${role}" may not connect to "${database}".`,
      `As an administrator: GRANT CONNECT ON DATABASE "${database}" TO "${role}"`,
    );
  }
  if (code === '53300') {
    return fail(
      'DATABASE_BUSY',
      `${place(url)} has no connection left.`,
      'Close other clients, or raise max_connections.',
    );
  }
  if (code === '57P03') {
    return fail(
      'DATABASE_UNREACHABLE',
      `${place(url)} is not ready: ${message}`,
      'Try again when it has started.',
    );
  }
  if (/does not support SSL|certificate|SSL|TLS/i.test(message) || code.startsWith('ERR_TLS')) {
    return fail(
      'DATABASE_TLS',
      `the encrypted connection to ${place(url)} failed: ${message}`,
      'Correct sslmode and sslrootcert in the URL; sslmode=disable where the server has no TLS.',
    );
  }
  if (/^[0-9A-Z]{5}$/.test(code)) {
    return fail(
      'DATABASE_REFUSED',
      `${place(url)} refused the connection: ${message} (${code}).`,
      'Read the server’s log.',
    );
  }
  return fail(
    'DATABASE_NOT_POSTGRESQL',
    `what answers at ${place(url)} does not speak PostgreSQL's protocol (${message}).`,
    `Correct host and port in ${variable}.`,
  );
}
