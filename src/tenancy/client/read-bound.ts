import { type Connections, giveBack, runBound } from './connections.ts';

/** One statement of the program's own in one round trip, bound to the tenant whose token it is given. */
export function readBound(
  connections: Connections,
  token: () => string,
  text: string,
  values: readonly (string | null)[],
): Promise<unknown[][]> {
  return new Promise((resolve, reject) => {
    connections.pool.connect((failure, client, release) => {
      if (failure || !client) return reject(failure ?? new Error('no connection'));
      let signed: string;
      try {
        signed = token();
      } catch (fault) {
        // Nobody above this callback would catch it: the process would end, and the connection be lost.
        release();
        return reject(fault);
      }
      const config = { text, values: [...values], rowMode: 'array' as const };
      runBound(connections, client, config, { token: signed, tainted: false }, (error, result) => {
        giveBack(connections, client, release, { tainted: false, error });
        if (error) reject(error);
        else resolve(result.rows);
      });
    });
  });
}
