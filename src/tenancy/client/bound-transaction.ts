import type pg from 'pg';
import { LotlineError } from '../../errors.ts';
import { UNBOUND } from './bound-pool.ts';
import type { Binding, Call, Calls } from './calls.ts';
import { type Connections, cleaning, giveBack, runBound, transactionStatus } from './connections.ts';
import { endsTransaction } from './ends-transaction.ts';

const EMPTY = { rows: [], fields: [], rowCount: 0, command: '', oid: 0 } as unknown as pg.QueryArrayResult;
const START = /^(BEGIN|SET TRANSACTION ISOLATION LEVEL [A-Z ]+)$/;
const END = /^(COMMIT|ROLLBACK)$/;
/** What the adapter says by itself, without a call: the savepoints of nested transactions. */
const SAVEPOINT = /^(SAVEPOINT|ROLLBACK TO SAVEPOINT|RELEASE SAVEPOINT) \w+$/;

/**
 * The connection of an explicit transaction, as the adapter sees it. BEGIN, the isolation level and the context travel
 * with the first statement, so that a transaction is bound once and costs a round trip less than an unbound one.
 */
export class BoundTransaction {
  readonly #connections: Connections;
  readonly #calls: Calls;
  readonly #client: pg.PoolClient;
  readonly #start: string[] = [];
  #state: 'new' | 'begun' | 'ended' = 'new';
  /** Whose transaction it is, from the first call on. */
  #binding: Binding | undefined;
  /** Whether the context stands; a savepoint may have taken it back. */
  #bound = false;
  #tainted = false;
  #broken: Error | null = null;

  constructor(connections: Connections, calls: Calls, client: pg.PoolClient) {
    this.#connections = connections;
    this.#calls = calls;
    this.#client = client;
  }

  on(event: 'error', listener: (error: Error) => void): void {
    this.#client.on(event, listener);
  }

  removeListener(event: 'error', listener: (error: Error) => void): void {
    this.#client.removeListener(event, listener);
  }

  async query(config: pg.QueryConfig): Promise<pg.QueryArrayResult> {
    const { text, call } = this.#calls.read(config.text);
    const own = call === undefined;
    if (own && START.test(text) && this.#state === 'new') {
      this.#start.push(text);
      return EMPTY;
    }
    // A transaction without a statement never reaches the server; one that is over needs no rollback.
    if (own && END.test(text) && (this.#state === 'new' || text === 'ROLLBACK') && this.#state !== 'begun')
      return EMPTY;
    if (this.#state === 'ended') throw ENDED();
    if (own && !END.test(text) && !SAVEPOINT.test(text)) throw UNBOUND();
    if (call) this.#binding ??= call.binding;
    if (call && call.binding !== this.#binding) throw UNBOUND();
    this.#tainted ||= call?.raw ?? false;
    const result = await this.#run({ ...config, text }, call);
    this.#state = transactionStatus(this.#client) === 'I' ? 'ended' : 'begun';
    if (this.#state === 'ended' && !(own && END.test(text))) throw ENDED();
    // The server answers COMMIT of a failed transaction without an error, and so would the caller be told that all is kept.
    if (own && text === 'COMMIT' && result.command === 'ROLLBACK') throw FAILED();
    if (SAVEPOINT.test(text)) this.#bound = false;
    return result;
  }

  #run(config: pg.QueryConfig, call: Call | undefined): Promise<pg.QueryArrayResult> {
    const token = call?.binding.token();
    const cleans = this.#tainted && this.#connections.pooled;
    const first = this.#state === 'new';
    this.#state = 'begun';
    const options = {
      ...(this.#bound ? {} : { token, origin: call?.binding.origin }),
      before: first ? this.#start : cleans && !call ? this.#beforeEnd(config.text) : [],
      after: cleans ? this.#afterwards(config.text, call) : [],
      tainted: this.#tainted,
    };
    this.#bound ||= token !== undefined;
    if (options.after.length > 0) this.#bound = false;
    return new Promise((resolve, reject) => {
      runBound(this.#connections, this.#client, config, options, (error, result) => {
        if (!error) return resolve(result);
        if ((error as { code?: string }).code?.length !== 5) this.#broken = error;
        reject(error);
      });
    });
  }

  #beforeEnd(text: string): string[] {
    // Deferred constraints are checked while the context still stands.
    return text === 'COMMIT' ? ['SET CONSTRAINTS ALL IMMEDIATE', ...cleaning(this.#connections)] : [];
  }

  /** What follows in the same round trip a statement after which the pooler may give the connection away. */
  #afterwards(text: string, call: Call | undefined): string[] {
    const ends = call ? call.raw && endsTransaction(text) : text === 'ROLLBACK';
    return ends ? cleaning(this.#connections) : [];
  }

  release(error?: Error): void {
    giveBack(this.#connections, this.#client, (e) => this.#client.release(e), {
      tainted: this.#tainted,
      error: error ?? this.#broken,
    });
  }
}

const ENDED = () =>
  new LotlineError(
    'TRANSACTION_ENDED',
    'A statement has ended the transaction from within.',
    'Leave BEGIN, COMMIT and ROLLBACK to $transaction; return to commit, throw to roll back.',
  );

const FAILED = () =>
  new LotlineError(
    'TRANSACTION_FAILED',
    'A statement of the transaction failed and its error was caught; nothing of the transaction was kept.',
    'Let the error leave the function, or put what may fail into a $transaction of its own within it.',
  );
