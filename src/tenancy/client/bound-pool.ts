import pg from 'pg';
import { LotlineError } from '../../errors.ts';
import { BoundQuery, forgetPrepared, type Preamble } from './bound-query.ts';
import { BoundTransaction } from './bound-transaction.ts';

/** What a pool facade needs to know of the call it serves. */
export interface Lease {
  /** The signed context of the tenant, or undefined where nothing is bound. */
  token(): string | undefined;
  /** Whether the caller's own SQL ran here, which may have left something on the connection. */
  readonly tainted: boolean;
}

export interface PoolSettings {
  readonly pool: pg.Pool;
  /** A pooler in transaction mode stands between: nothing may rest on the connection, not even for its cleaning. */
  readonly pooled: boolean;
  /** The name under which a statement is prepared; undefined leaves it unprepared. */
  readonly nameOf: (text: string) => string | undefined;
}

/** The part of pg.Pool that @prisma/adapter-pg uses. Its methods bind every statement to the lease's tenant. */
export type PoolFacade = pg.Pool;

const UNBOUND = () =>
  new LotlineError(
    'TENANT_MISSING',
    'This client is bound to no tenant.',
    'Work with the client that tenancy.for({ organizationId, userId }) returns.',
  );

/**
 * A pool for Prisma's adapter on which every statement runs as the tenant of `lease()`. Only what is released clean
 * goes back: a connection in an open transaction is closed, one that ran a caller's SQL is reset.
 */
export function boundPool(settings: PoolSettings, lease: () => Lease): PoolFacade {
  // The adapter takes only instances of pg.Pool; this one never opens a connection of its own.
  const facade = Object.create(pg.Pool.prototype) as Record<string, unknown>;
  facade.options = settings.pool.options;
  facade.on = facade.removeListener = () => facade;
  facade.query = (config: pg.QueryConfig) => runAlone(settings, lease(), config);
  facade.connect = async () => {
    const held = lease();
    if (held.token() === undefined) throw UNBOUND();
    return new BoundTransaction(settings, held, await settings.pool.connect());
  };
  return facade as unknown as PoolFacade;
}

/** One statement in one round trip: takes a connection, binds, runs, gives the connection back. */
function runAlone(settings: PoolSettings, held: Lease, config: pg.QueryConfig): Promise<pg.QueryArrayResult> {
  return new Promise((resolve, reject) => {
    const token = held.token();
    if (token === undefined) return reject(UNBOUND());
    settings.pool.connect((failure, client, release) => {
      if (failure || !client) return reject(failure ?? new Error('no connection'));
      runBound(settings, client, config, { token, tainted: held.tainted }, (error, result) => {
        giveBack(settings, client, release, { tainted: held.tainted, error });
        if (error) reject(error);
        else resolve(result);
      });
    });
  });
}

/** Sends one statement with what goes before it. */
export function runBound(
  settings: PoolSettings,
  client: pg.ClientBase,
  config: pg.QueryConfig,
  options: { token?: string; before?: readonly string[]; after?: readonly string[]; tainted?: boolean },
  done: (error: Error | null, result: pg.QueryArrayResult) => void,
): void {
  const name = options.tainted ? undefined : settings.nameOf(config.text);
  const preamble: Preamble = {
    ...(options.token === undefined ? {} : { token: options.token }),
    ...(options.before ? { before: options.before } : {}),
    // Behind a pooler the next statement of this session may be anybody's: settings go back with this transaction.
    after: options.after ?? (options.tainted && settings.pooled && options.token ? ['RESET ALL'] : []),
    prepared: !settings.pooled && !options.tainted,
  };
  client.query(
    new BoundQuery({ ...config, ...(name ? { name } : {}) }, preamble, done) as unknown as pg.Submittable,
  );
}

const STALE = new Set(['26000', '0A000']); // prepared statement is gone; cached plan must not change its result

/** Returns a connection to the pool, or closes it where it cannot be used by another. */
export function giveBack(
  settings: PoolSettings,
  client: pg.PoolClient,
  release: (error?: Error | boolean) => void,
  { tainted, error }: { tainted: boolean; error: Error | null },
): void {
  const code = (error as { code?: string } | null)?.code;
  const inTransaction =
    (client as unknown as { getTransactionStatus(): string }).getTransactionStatus() !== 'I';
  if (inTransaction || (error && (code === undefined || code.length !== 5 || STALE.has(code)))) {
    release(error ?? true);
  } else if (tainted && !settings.pooled) {
    client.query('DISCARD ALL').then(
      () => {
        forgetPrepared(client);
        release();
      },
      (failure: Error) => release(failure),
    );
  } else {
    release();
  }
}
