import pg from 'pg';
import { LotlineError } from '../../errors.ts';
import { BoundTransaction } from './bound-transaction.ts';
import type { Calls } from './calls.ts';
import { type Connections, cleaning, giveBack, type RunOptions, runBound } from './connections.ts';

/**
 * The part of pg.Pool that Prisma's adapter uses, on which every statement runs as the tenant of the call it belongs to;
 * one that belongs to no call is refused.
 */
export function boundPool(connections: Connections, calls: Calls): pg.Pool {
  // The adapter takes only instances of pg.Pool; this one never opens a connection of its own.
  const facade = Object.create(pg.Pool.prototype) as Record<string, unknown>;
  facade.options = connections.pool.options;
  facade.on = facade.removeListener = () => facade;
  facade.query = (config: pg.QueryConfig) => runAlone(connections, calls, config);
  facade.connect = async () => new BoundTransaction(connections, calls, await connections.pool.connect());
  return facade as unknown as pg.Pool;
}

/** One statement in one round trip: takes a connection, binds, runs, gives the connection back. */
function runAlone(
  connections: Connections,
  calls: Calls,
  config: pg.QueryConfig,
): Promise<pg.QueryArrayResult> {
  return new Promise((resolve, reject) => {
    const { text, call } = calls.read(config.text);
    if (!call) return reject(UNBOUND());
    const tainted = call.raw;
    connections.pool.connect((failure, client, release) => {
      if (failure || !client) return reject(failure ?? new Error('no connection'));
      let token: string;
      try {
        token = call.binding.token();
      } catch (fault) {
        // Nobody above this callback would catch it: the process would end, and the connection be lost.
        release();
        return reject(fault);
      }
      const frame = tainted && connections.pooled ? frameOfOwnSql(connections) : {};
      const options = { token, origin: call.binding.origin, ...frame, tainted };
      runBound(connections, client, { ...config, text }, options, (error, result) => {
        giveBack(connections, client, release, { tainted, error });
        if (error) reject(error);
        else resolve(result);
      });
    });
  });
}

/** What goes around a caller's own SQL where a pooler stands between. */
function frameOfOwnSql(connections: Connections): Pick<RunOptions, 'before' | 'after'> {
  const clean = cleaning(connections);
  // A failure takes settings back, but no statement prepared before it. In a transaction the pooler cannot give such a
  // connection to others: it ends with ours, which is closed because it was left in a failed transaction.
  return connections.named
    ? { before: ['BEGIN'], after: ['SET CONSTRAINTS ALL IMMEDIATE', ...clean, 'COMMIT'] }
    : { after: clean };
}

export const UNBOUND = () =>
  new LotlineError(
    'TENANT_MISSING',
    'A statement came without a tenant.',
    'Work with the client that tenancy.for({ organizationId, userId }) returns.',
  );
