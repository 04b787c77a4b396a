import pg from 'pg';

/**
 * The statements that bind a transaction to a tenant. `app.set_context` also reaches the workers of a Citus cluster, and
 * costs 35 µs more; that one transaction belongs to one tenant, which it checks, this client sees to by itself.
 */
export const BIND_HERE = "SELECT set_config('app.context', $1, true), set_config('app.origin', $2, true)";
export const BIND_CLUSTER = "SELECT app.set_context($1), set_config('app.origin', $2, true)";
const CONTEXT_STATEMENT = 'lotline_context';

/** What goes before a statement in the same round trip. */
export interface Preamble {
  /** The statement that binds, with the signed context and where the call came from. */
  readonly context?: { readonly text: string; readonly values: readonly [token: string, origin: string] };
  /** Statements without values before it, such as BEGIN. */
  readonly before?: readonly string[];
  /** Statements after the query, such as RESET ALL. */
  readonly after?: readonly string[];
  /** Whether the context statement stays prepared on the connection. */
  readonly prepared: boolean;
}

/** What pg's Connection offers beyond its published types. */
interface Wire {
  parsedStatements: Record<string, string | undefined>;
  submittedNamedStatements: Record<string, string | undefined>;
  parse(message: { text: string; name?: string }): void;
  bind(message: { statement?: string; values?: readonly unknown[] }): void;
  execute(message: object): void;
  close(message: { type: 'S'; name: string }): void;
  sync(): void;
  once(event: 'readyForQuery', listener: () => void): void;
}

/** The hooks of pg.Query, which its published types leave out. */
interface QueryHooks {
  name?: string;
  text: string;
  prepare(connection: Wire): void;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: Wire): void;
  handleError(error: Error, connection: Wire): void;
  _getRows(connection: Wire): void;
}

const BaseQuery = pg.Query as unknown as new (config: object, callback: QueryCallback) => QueryHooks;

export type QueryCallback = (error: Error | null, result: pg.QueryArrayResult) => void;

/**
 * A query that carries its tenant: the context and the statement travel between the same two Syncs, which PostgreSQL
 * runs as one implicit transaction. The context has gone when the answer arrives, and costs no round trip.
 */
export class BoundQuery extends BaseQuery {
  readonly #preamble: Preamble;
  #ahead: number;
  #done = false;
  #parsing = false;

  constructor(config: pg.QueryConfig, preamble: Preamble, callback: QueryCallback) {
    super({ ...config, queryMode: 'extended' }, callback);
    this.#preamble = preamble;
    this.#ahead = (preamble.before?.length ?? 0) + (preamble.context ? 1 : 0);
  }

  override prepare(connection: Wire): void {
    const { before = [], context, prepared } = this.#preamble;
    for (const text of before) runUnnamed(connection, text);
    if (context) bindContext(connection, context, prepared);
    this.#parsing = this.name !== undefined && connection.parsedStatements[this.name] === undefined;
    // Left over from a connection whose Parse succeeded and whose query then failed; closing what is not there is no error.
    if (this.#parsing) connection.close({ type: 'S', name: this.name! });
    super.prepare(connection);
  }

  override _getRows(connection: Wire): void {
    connection.execute({ portal: '' });
    for (const text of this.#preamble.after ?? []) runUnnamed(connection, text);
    connection.sync();
  }

  override handleDataRow(message: unknown): void {
    if (this.#ahead === 0 && !this.#done) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, connection: Wire): void {
    if (this.#ahead > 0) {
      this.#ahead -= 1;
      const { context, prepared } = this.#preamble;
      if (this.#ahead === 0 && context && prepared)
        connection.parsedStatements[CONTEXT_STATEMENT] = context.text;
      return;
    }
    if (this.#done) return;
    this.#done = true;
    super.handleCommandComplete(message, connection);
  }

  override handleError(error: Error, connection: Wire): void {
    // pg takes the first ParseComplete, which is the context's, for this query's own.
    if (this.#parsing) delete connection.parsedStatements[this.name!];
    // After an ERROR the server still says that it is ready, and in which state; only then is the connection free.
    if ((error as { severity?: string }).severity === 'ERROR')
      connection.once('readyForQuery', () => super.handleError(error, connection));
    else super.handleError(error, connection);
  }
}

function bindContext(
  connection: Wire,
  { text, values }: NonNullable<Preamble['context']>,
  prepared: boolean,
): void {
  if (!prepared) {
    runUnnamed(connection, text, values);
    return;
  }
  if (connection.parsedStatements[CONTEXT_STATEMENT] === undefined) {
    connection.close({ type: 'S', name: CONTEXT_STATEMENT });
    connection.parse({ text, name: CONTEXT_STATEMENT });
  }
  connection.bind({ statement: CONTEXT_STATEMENT, values });
  connection.execute({ portal: '' });
}

function runUnnamed(connection: Wire, text: string, values: readonly unknown[] = []): void {
  connection.parse({ text });
  connection.bind({ values });
  connection.execute({ portal: '' });
}

/** Forgets what was prepared on a connection, after DISCARD ALL has taken it away. */
export function forgetPrepared(client: pg.ClientBase): void {
  const { connection } = client as unknown as { connection: Wire };
  connection.parsedStatements = {};
  connection.submittedNamedStatements = {};
}
