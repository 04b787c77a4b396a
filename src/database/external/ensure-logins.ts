import { escapeIdentifier } from 'pg';
import { LotlineError } from '../../errors.ts';
import type { Database } from '../connect.ts';
import { scramVerifier } from '../scram.ts';
import { clientFor, probe } from './probe.ts';

/**
 * To be called when migrations have made the roles: checks that each role whose password Lotline made can log in,
 * and sets the password where it cannot. Throws LotlineError `LOGINS_NOT_PERMITTED` with the SQL for an
 * administrator (it holds verifiers, not passwords). Does nothing for the embedded server.
 */
export async function ensureLogins(database: Database): Promise<void> {
  const closed = [];
  for (const login of database.derivedLogins) {
    try {
      await probe(login.url, login.role);
    } catch (error) {
      const known = error instanceof LotlineError ? error.code : '';
      if (known !== 'DATABASE_PASSWORD_WRONG' && known !== 'DATABASE_ACCESS_DENIED') throw error;
      closed.push(login);
    }
  }
  if (closed.length === 0) return;
  const name = escapeIdentifier(decodeURIComponent(new URL(database.urls.owner).pathname.slice(1)));
  const remedies = closed.flatMap(({ role, password }) => [
    `ALTER ROLE ${escapeIdentifier(role)} LOGIN PASSWORD '${scramVerifier(password)}'`,
    `GRANT CONNECT ON DATABASE ${name} TO ${escapeIdentifier(role)}`,
  ]);
  const owner = clientFor(database.urls.owner);
  owner.on('error', () => {});
  try {
    await owner.connect();
    for (const sql of remedies) await owner.query(sql);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    const unknown = code === '42704';
    throw new LotlineError(
      unknown ? 'LOGINS_MISSING' : 'LOGINS_NOT_PERMITTED',
      unknown
        ? `A role that migrations make does not exist yet: ${message}.`
        : `The passwords of ${closed.map(({ role }) => role).join(', ')} could not be set: ${message}.`,
      unknown
        ? 'Apply the migrations first.'
        : `Ask an administrator to run:\n${remedies.map((sql) => `    ${sql};`).join('\n')}\n    or set APP_DATABASE_URL, PLATFORM_DATABASE_URL and INGEST_DATABASE_URL to logins that work.`,
      { cause: error },
    );
  } finally {
    await owner.end().catch(() => {});
  }
  for (const { url, role } of closed) await probe(url, role);
}
