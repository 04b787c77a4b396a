import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { connectTo } from '../database/client.ts';
import { dropDatabase } from '../database/drop-database.ts';
import { withDatabase } from '../database/engine/connection.ts';
import { quoteIdent } from '../database/quote.ts';
import { LotlineError } from '../errors.ts';

const PREFIX = 'lotline_scratch_';

/**
 * Runs `work` with a connection to a new, empty database on the same server, and drops the database afterwards.
 * What a killed process left behind is dropped when the next one comes by.
 * @param url a role that may create databases.
 * @throws LotlineError `SCRATCH_DENIED` where the role may not.
 */
export async function withScratchDatabase<T>(
  url: string,
  work: (client: pg.Client, url: string) => Promise<T>,
): Promise<T> {
  const name = `${PREFIX}${Math.floor(Date.now() / 1000)}_${randomBytes(4).toString('hex')}`;
  const admin = await connectTo(url);
  try {
    await dropLeftovers(admin);
    await createDatabase(admin, name);
    const scratchUrl = withDatabase(url, name);
    const client = await connectTo(scratchUrl);
    try {
      return await work(client, scratchUrl);
    } finally {
      await client.end();
      await dropDatabase(admin, name);
    }
  } finally {
    await admin.end();
  }
}

async function createDatabase(admin: pg.Client, name: string): Promise<void> {
  try {
    await admin.query(`CREATE DATABASE ${quoteIdent(name)} TEMPLATE template0`);
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error;
    const { rows } = await admin.query<{ me: string }>('SELECT current_user AS me');
    throw new LotlineError(
      'SCRATCH_DENIED',
      `The role "${rows[0]?.me}" may not create databases, so a migration cannot be rehearsed on a copy of the schema.`,
      `ask an administrator to run: ALTER ROLE ${quoteIdent(rows[0]?.me ?? '')} CREATEDB;`,
      { cause: error },
    );
  }
}

async function dropLeftovers(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ datname: string }>(
    `SELECT datname FROM pg_database d
     WHERE CASE WHEN datname ~ '^${PREFIX}[0-9]{10}_[0-9a-f]{8}$'
                THEN split_part(datname, '_', 3)::bigint < extract(epoch FROM now()) - 3600 ELSE false END
       AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid) AND pg_has_role(d.datdba, 'MEMBER')`,
  );
  for (const { datname } of rows)
    await admin.query(`DROP DATABASE IF EXISTS ${quoteIdent(datname)}`).catch(() => {});
}
