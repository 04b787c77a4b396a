import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

const STARTING_UP = '57P03';

/**
 * A client with time-outs, connected. The caller ends it. A server that is just recovering is waited for, ten seconds
 * at most.
 */
export async function connectTo(url: string): Promise<pg.Client> {
  for (const until = Date.now() + 10_000; ; await pause(100)) {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: 10_000,
      application_name: 'lotline',
    });
    client.on('error', () => {});
    try {
      await client.connect();
      return client;
    } catch (error) {
      if ((error as { code?: string }).code !== STARTING_UP || Date.now() > until) throw error;
    }
  }
}
