import type { ClientBase } from 'pg';
import { quoteIdent } from './quote.ts';

const IN_USE = '55006';

/**
 * Drops a database that is ours to drop; nothing happens where it is gone. A plain DROP waits for autovacuum, which
 * FORCE may not end for a role that is no superuser; sessions that stay longer than five seconds are ended.
 */
export async function dropDatabase(client: ClientBase, name: string): Promise<void> {
  const statement = `DROP DATABASE IF EXISTS ${quoteIdent(name)}`;
  await client.query(statement).catch((error: { code?: string }) => {
    if (error.code !== IN_USE) throw error;
    return client.query(`${statement} WITH (FORCE)`);
  });
}
