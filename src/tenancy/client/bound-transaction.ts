import type pg from 'pg';
import { LotlineError } from '../../errors.ts';
import { giveBack, type Lease, type PoolSettings, runBound } from './bound-pool.ts';

const EMPTY = { rows: [], fields: [], rowCount: 0, command: '', oid: 0 } as unknown as pg.QueryArrayResult;
const START = /^(BEGIN|SET TRANSACTION ISOLATION LEVEL [A-Z ]+)$/;

/**
 * The connection of an explicit transaction, as the adapter sees it. BEGIN, the isolation level and the context travel
 * with the first statement, so that a transaction is bound once and costs a round trip less than an unbound one.
 */
export class BoundTransaction {
  readonly #settings: PoolSettings;
  readonly #lease: Lease;
  readonly #client: pg.PoolClient;
  #before: string[] = [];
  #begun = false;
  #ended = false;
  #failure: Error | null = null;

  constructor(settings: PoolSettings, lease: Lease, client: pg.PoolClient) {
    this.#settings = settings;
    this.#lease = lease;
    this.#client = client;
  }

  on(event: 'error', listener: (error: Error) => void): void {
    this.#client.on(event, listener);
  }

  removeListener(event: 'error', listener: (error: Error) => void): void {
    this.#client.removeListener(event, listener);
  }

  query(config: pg.QueryConfig): Promise<pg.QueryArrayResult> {
    const { text } = config;
    if (!this.#begun) {
      if (START.test(text)) this.#before.push(text);
      // A transaction without a statement never reaches the server.
      if (START.test(text) || text === 'COMMIT' || text === 'ROLLBACK') return Promise.resolve(EMPTY);
    }
    if (this.#ended) return text === 'ROLLBACK' ? Promise.resolve(EMPTY) : Promise.reject(ENDED());
    const first = !this.#begun;
    this.#begun = true;
    const token = first ? this.#lease.token() : undefined;
    const ends = text === 'COMMIT' || text === 'ROLLBACK';
    const leaves = text === 'COMMIT' && this.#lease.tainted && this.#settings.pooled;
    return new Promise((resolve, reject) => {
      runBound(
        this.#settings,
        this.#client,
        config,
        {
          ...(token === undefined ? {} : { token }),
          // Deferred constraints are checked while the context still stands.
          before: first ? this.#before : leaves ? ['SET CONSTRAINTS ALL IMMEDIATE', 'RESET ALL'] : [],
          after: [],
          tainted: this.#lease.tainted,
        },
        (error, result) => {
          if (error) {
            this.#failure = error;
            reject(error);
            return;
          }
          this.#ended = this.#status() === 'I';
          if (this.#ended && !ends) reject(ENDED());
          else resolve(result);
        },
      );
    });
  }

  release(error?: Error): void {
    const gone = error ?? (isServerError(this.#failure) ? null : this.#failure);
    giveBack(this.#settings, this.#client, (e) => this.#client.release(e), {
      tainted: this.#lease.tainted,
      error: gone ?? null,
    });
  }

  #status(): string | null {
    return (this.#client as unknown as { getTransactionStatus(): string | null }).getTransactionStatus();
  }
}

const isServerError = (error: Error | null) => (error as { code?: string } | null)?.code?.length === 5;

const ENDED = () =>
  new LotlineError(
    'TRANSACTION_ENDED',
    'A statement has ended the transaction from within.',
    'Leave BEGIN, COMMIT and ROLLBACK to $transaction; return to commit, throw to roll back.',
  );
