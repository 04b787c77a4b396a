import type { Binding, Calls } from './calls.ts';
import type { Engine, ProtocolQuery, TransactionInfo } from './prisma-internals.ts';
import { type Attempts, isWriteConflict, mayRepeatRead, retrying } from './retry.ts';

const READS = new Set([
  'findUnique',
  'findUniqueOrThrow',
  'findFirst',
  'findFirstOrThrow',
  'findMany',
  'aggregate',
  'groupBy',
]);

/** The engine of a bound client: the one engine of the tenancy, told with every request whose it is. */
export class BoundEngine implements Engine {
  readonly #engine: Engine;
  readonly #calls: Calls;
  readonly #binding: Binding;
  readonly #rewrite: (query: ProtocolQuery) => ProtocolQuery;
  readonly #attempts: Attempts;

  constructor(
    engine: Engine,
    calls: Calls,
    binding: Binding,
    options: { rewrite: (query: ProtocolQuery) => ProtocolQuery; attempts: Attempts },
  ) {
    this.#engine = engine;
    this.#calls = calls;
    this.#binding = binding;
    this.#rewrite = options.rewrite;
    this.#attempts = options.attempts;
  }

  start(): Promise<void> {
    return this.#engine.start();
  }

  /** Ends nothing: connections belong to the tenancy, which outlives a request's client. */
  async stop(): Promise<void> {}

  version(): string {
    return this.#engine.version();
  }

  request(query: ProtocolQuery, options: { interactiveTransaction?: TransactionInfo }): Promise<unknown> {
    const again = READS.has(query.action) ? mayRepeatRead : isWriteConflict;
    const retries = options.interactiveTransaction ? 0 : this.#attempts.retries;
    const attempts = { ...this.#attempts, retries };
    return retrying(attempts, again, () =>
      this.#marked([query], ([asked]) => this.#engine.request(asked!, options)),
    );
  }

  requestBatch(
    queries: readonly ProtocolQuery[],
    options: { transaction?: { kind: 'itx' | 'batch'; options: unknown } },
  ): Promise<unknown[]> {
    const retries = options.transaction?.kind === 'itx' ? 0 : this.#attempts.retries;
    return retrying({ ...this.#attempts, retries }, isWriteConflict, async () => {
      const results = await this.#marked(queries, (asked) => this.#engine.requestBatch(asked, options));
      const conflict = results.find((r) => r instanceof Error && isWriteConflict(r));
      if (conflict && retries > 0) throw conflict;
      return results;
    });
  }

  transaction(action: 'start', headers: object, options: { newTxId?: string }): Promise<TransactionInfo>;
  transaction(action: 'commit' | 'rollback', headers: object, info: TransactionInfo): Promise<undefined>;
  transaction(action: 'start' | 'commit' | 'rollback', headers: object, about: never): Promise<never> {
    return this.#engine.transaction(action as 'commit', headers, about) as Promise<never>;
  }

  #marked<T>(queries: readonly ProtocolQuery[], work: (marked: ProtocolQuery[]) => Promise<T>): Promise<T> {
    const { marked, ended } = this.#calls.mark(queries.map(this.#rewrite), this.#binding);
    return work(marked).finally(ended);
  }
}
