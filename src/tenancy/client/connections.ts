import type pg from 'pg';
import { BoundQuery, forgetPrepared } from './bound-query.ts';
import { withOneTenant } from './one-tenant.ts';

/** The connections of a tenancy, and how statements run on them. */
export interface Connections {
  readonly pool: pg.Pool;
  /** A pooler in transaction mode stands between: nothing may rest on the connection, not even for its cleaning. */
  readonly pooled: boolean;
  /** Statements are prepared by name, through the pooler too. */
  readonly named: boolean;
  /** The statement that binds a transaction to a tenant. */
  readonly bindSql: string;
  /** Columns that hold the tenant; lists that repeat it are shortened. */
  readonly tenantColumns: ReadonlySet<string>;
  /** The name under which a statement is prepared; undefined leaves it unprepared. */
  readonly nameOf: (text: string) => string | undefined;
}

export interface RunOptions {
  /** The signed context, sent before the statement, and where the call came from, as `app.origin` has it. */
  readonly token?: string | undefined;
  readonly origin?: string | undefined;
  /** Statements without values that go first, and last. */
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  /** Whether the caller's own SQL runs: it is never prepared under a name that others use. */
  readonly tainted: boolean;
}

/** Sends one statement and what belongs to it, in one round trip. */
export function runBound(
  { nameOf, pooled, named, bindSql, tenantColumns }: Connections,
  client: pg.ClientBase,
  asked: pg.QueryConfig,
  { token, origin = '', before = [], after = [], tainted }: RunOptions,
  done: (error: Error | null, result: pg.QueryArrayResult) => void,
): void {
  const config = tainted ? asked : withOneTenant(asked, tenantColumns);
  const name = tainted ? undefined : nameOf(config.text);
  const preamble = {
    ...(token === undefined ? {} : { context: { text: bindSql, values: [token, origin] as const } }),
    before,
    after,
    prepared: (named || !pooled) && !tainted,
  };
  const query = new BoundQuery({ ...config, ...(name ? { name } : {}) }, preamble, done);
  client.query(query as unknown as pg.Submittable);
}

const STALE = new Set(['26000', '0A000']); // prepared statement is gone; cached plan must not change its result

/**
 * Returns a connection to the pool, or closes it where it is of no use to another: in an open transaction, broken, or
 * with statements prepared for a schema that was. One that ran a caller's SQL is reset first.
 */
export function giveBack(
  { pooled, named }: Connections,
  client: pg.PoolClient,
  release: (error?: Error | boolean) => void,
  { tainted, error }: { tainted: boolean; error: Error | null },
): void {
  const code = (error as { code?: string } | null)?.code;
  const broken = error !== null && (code === undefined || code.length !== 5 || STALE.has(code));
  if (broken || transactionStatus(client) !== 'I') {
    release(error ?? true);
  } else if (tainted && !pooled) {
    client.query('DISCARD ALL').then(
      () => {
        forgetPrepared(client);
        release();
      },
      (failure: Error) => release(failure),
    );
  } else {
    if (tainted && named) forgetPrepared(client);
    release();
  }
}

/** What a caller's SQL may have left on the server's connection, which the pooler gives to anybody, is taken back by these. */
export function cleaning({ named }: Connections): string[] {
  // A statement exchanged under the pooler's name for it would run as whoever asks for that name next.
  return named ? ['RESET ALL', 'DEALLOCATE ALL'] : ['RESET ALL'];
}

/** What the server said last: `I` idle, `T` in a transaction, `E` in a failed one. */
export function transactionStatus(client: pg.ClientBase): string | null {
  return (client as unknown as { getTransactionStatus(): string | null }).getTransactionStatus();
}
