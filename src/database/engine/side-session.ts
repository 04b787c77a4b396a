import pg from 'pg';
import { readUrl } from './connection.ts';
import { connectionFault } from './connection-faults.ts';

/**
 * Runs `work` on a connection of its own, apart from the engine's one.
 *
 * @throws EngineFault P1000 to P1017 when it cannot connect; what `work` throws otherwise
 */
export async function inSideSession(
  url: string,
  work: (client: pg.Client) => Promise<unknown>,
): Promise<void> {
  const target = readUrl(url);
  const client = new pg.Client(target.pool);
  // A connection that breaks shows in the query under way; without a listener it would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw connectionFault(error, target);
  }
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
