import pg from 'pg';
import { readUrl, withDatabase } from './connection.ts';
import { EngineFault } from './fault.ts';
import { inSideSession } from './side-session.ts';

/** Checks that the URL leads to a database. @throws EngineFault P1000 to P1017 */
export async function canConnect(url: string): Promise<string> {
  await inSideSession(url, async () => undefined);
  return 'Connection successful';
}

/** Creates the database that the URL names and returns its name. @throws EngineFault P1000 to P1017 */
export async function createDatabase(url: string): Promise<string> {
  const { database } = readUrl(url);
  await inMaintenanceDatabase(url, `CREATE DATABASE ${pg.escapeIdentifier(database)}`, '42P04', () => {
    throw new EngineFault('P1009', `Database \`${database}\` already exists on the database server.`);
  });
  return database;
}

/** Drops the database that the URL names. @throws EngineFault P1000 to P1017 */
export async function dropDatabase(url: string): Promise<string> {
  const { database } = readUrl(url);
  await inMaintenanceDatabase(url, `DROP DATABASE ${pg.escapeIdentifier(database)}`, '3D000', () => {
    throw new EngineFault('P1003', `Database \`${database}\` does not exist on the database server.`);
  });
  return 'The database was successfully dropped.';
}

/** A database cannot be created or dropped from itself; `postgres` is there on nearly every server, `template1` on all. */
async function inMaintenanceDatabase(
  url: string,
  sql: string,
  expected: string,
  onExpected: () => never,
): Promise<void> {
  const run = (client: pg.Client) =>
    client.query(sql).then(
      () => undefined,
      (error) => {
        if (error.code === expected) onExpected();
        throw new EngineFault(undefined, `${sql} failed: ${error.message}`);
      },
    );
  try {
    await inSideSession(withDatabase(url, 'postgres'), run);
  } catch (error) {
    if (!(error instanceof EngineFault) || error.code !== 'P1003' || expected === '3D000') throw error;
    await inSideSession(withDatabase(url, 'template1'), run);
  }
}
