import type { Engine, ProtocolQuery, TransactionInfo } from './prisma-internals.ts';
import { type Attempts, isWriteConflict, mayRepeatRead, retrying } from './retry.ts';
import type { Binding, Slot, Slots } from './slots.ts';

const RAW = new Set(['executeRaw', 'queryRaw']);
const READS = new Set([
  'findUnique',
  'findUniqueOrThrow',
  'findFirst',
  'findFirstOrThrow',
  'findMany',
  'aggregate',
  'groupBy',
]);

/**
 * The engine of a bound client: every request runs on a leased engine that serves this binding alone, a transaction
 * keeps its engine until it ends.
 */
export class BoundEngine implements Engine {
  readonly #slots: Slots;
  readonly #binding: Binding;
  readonly #rewrite: (query: ProtocolQuery) => ProtocolQuery;
  readonly #attempts: Attempts;
  readonly #transactions = new Map<string, { slot: Slot; depth: number }>();

  constructor(
    slots: Slots,
    binding: Binding,
    rewrite: (query: ProtocolQuery) => ProtocolQuery,
    attempts: Attempts,
  ) {
    this.#slots = slots;
    this.#binding = binding;
    this.#rewrite = rewrite;
    this.#attempts = attempts;
  }

  async start(): Promise<void> {}

  /** Ends nothing: connections belong to the tenancy, which outlives a request's client. */
  async stop(): Promise<void> {}

  version(): string {
    return 'tenant-bound';
  }

  request(query: ProtocolQuery, options: { interactiveTransaction?: TransactionInfo }): Promise<unknown> {
    const asked = this.#rewrite(query);
    const raw = RAW.has(query.action);
    const { interactiveTransaction } = options;
    if (interactiveTransaction) {
      const slot = this.#slotOf(interactiveTransaction);
      if (raw) slot.taint();
      return slot.engine.request(asked, options);
    }
    const again = READS.has(query.action) ? mayRepeatRead : isWriteConflict;
    return retrying(this.#attempts, again, () =>
      this.#leased(raw, (slot) => slot.engine.request(asked, options)),
    );
  }

  requestBatch(
    queries: readonly ProtocolQuery[],
    options: { transaction?: { kind: 'itx' | 'batch'; options: unknown } },
  ): Promise<unknown[]> {
    const asked = queries.map(this.#rewrite);
    const raw = queries.some((q) => RAW.has(q.action));
    if (options.transaction?.kind === 'itx') {
      const slot = this.#slotOf(options.transaction.options as TransactionInfo);
      if (raw) slot.taint();
      return slot.engine.requestBatch(asked, options);
    }
    return retrying(this.#attempts, isWriteConflict, async () => {
      const results = await this.#leased(raw, (slot) => slot.engine.requestBatch(asked, options));
      const conflict = results.find((r) => r instanceof Error && isWriteConflict(r));
      if (conflict && this.#attempts.retries > 0) throw conflict;
      return results;
    });
  }

  transaction(action: 'start', headers: object, options: { newTxId?: string }): Promise<TransactionInfo>;
  transaction(action: 'commit' | 'rollback', headers: object, info: TransactionInfo): Promise<undefined>;
  async transaction(
    action: 'start' | 'commit' | 'rollback',
    headers: object,
    about: { newTxId?: string } | TransactionInfo,
  ): Promise<TransactionInfo | undefined> {
    if (action === 'start') return this.#begin(headers, about as { newTxId?: string });
    const info = about as TransactionInfo;
    const held = this.#transactions.get(info.id);
    // Rolling back what has ended already is what Prisma does after any failure.
    if (!held) return undefined;
    held.depth -= 1;
    try {
      return await held.slot.engine.transaction(action, headers, info);
    } finally {
      if (held.depth === 0) {
        this.#transactions.delete(info.id);
        this.#slots.release(held.slot);
      }
    }
  }

  async #begin(headers: object, options: { newTxId?: string }): Promise<TransactionInfo> {
    const outer = options.newTxId === undefined ? undefined : this.#transactions.get(options.newTxId);
    if (outer) {
      const info = await outer.slot.engine.transaction('start', headers, options);
      outer.depth += 1;
      return info;
    }
    const slot = await this.#slots.acquire(this.#binding);
    try {
      const info = await slot.engine.transaction('start', headers, options);
      this.#transactions.set(info.id, { slot, depth: 1 });
      return info;
    } catch (error) {
      this.#slots.release(slot);
      throw error;
    }
  }

  #slotOf({ id }: TransactionInfo): Slot {
    const held = this.#transactions.get(id);
    if (held) return held.slot;
    throw Object.assign(new Error('Transaction already closed: the query came after its end.'), {
      code: 'P2028',
    });
  }

  async #leased<T>(raw: boolean, work: (slot: Slot) => Promise<T>): Promise<T> {
    const acquired = this.#slots.acquire(this.#binding);
    const slot = acquired instanceof Promise ? await acquired : acquired;
    try {
      if (raw) slot.taint();
      return await work(slot);
    } finally {
      this.#slots.release(slot);
    }
  }
}
