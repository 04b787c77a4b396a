import { LotlineError } from '../../errors.ts';
import type { Lease } from './bound-pool.ts';
import type { Engine } from './prisma-internals.ts';

/** Who a call is made for; one object per bound client. `token` signs anew when the last one has aged. */
export interface Binding {
  token(): string;
}

/** A Prisma engine with an adapter of its own, which serves one binding at a time. */
export interface Slot extends Lease {
  readonly engine: Engine;
  /** Lets the caller's own SQL run; the connections it used are reset afterwards. */
  taint(): void;
}

class EngineSlot implements Slot {
  readonly engine: Engine;
  binding: Binding | undefined;
  uses = 0;
  tainted = false;

  constructor(create: (lease: () => Lease) => Engine) {
    this.engine = create(() => this);
  }

  token(): string | undefined {
    return this.binding?.token();
  }

  taint(): void {
    this.tainted = true;
  }
}

/**
 * Engines for calls in flight. A call takes the one that serves its binding already, else an idle one, the last used
 * first, whose query plans are warm; else a new one up to `limit`; else it waits its turn for `patience` milliseconds.
 * So the tenant of a call is a property of the engine that runs it, and neither ambient nor guessed.
 */
export class Slots {
  readonly #create: (lease: () => Lease) => Engine;
  readonly #limit: number;
  readonly #patience: number;
  readonly #all: EngineSlot[] = [];
  readonly #idle: EngineSlot[] = [];
  readonly #serving = new Map<Binding, EngineSlot>();
  readonly #waiting: { binding: Binding; take(slot: EngineSlot): void; refuse(error: Error): void }[] = [];
  #closed = false;

  constructor(create: (lease: () => Lease) => Engine, limit: number, patience: number) {
    this.#create = create;
    this.#limit = limit;
    this.#patience = patience;
  }

  /** @throws LotlineError `BUSY` after waiting in vain, `CLOSED` after `close()`. */
  acquire(binding: Binding): Slot | Promise<Slot> {
    if (this.#closed) throw CLOSED();
    const serving = this.#serving.get(binding);
    const slot = serving ?? this.#idle.pop() ?? (this.#all.length < this.#limit ? this.#add() : undefined);
    return slot ? this.#give(slot, binding) : this.#wait(binding);
  }

  release(slot: Slot): void {
    const own = slot as EngineSlot;
    own.uses -= 1;
    if (own.uses > 0) return;
    this.#serving.delete(own.binding!);
    own.binding = undefined;
    own.tainted = false;
    const next = this.#waiting.shift();
    if (!next) this.#idle.push(own);
    else next.take(own);
  }

  /** Refuses who waits, lets nobody in, and stops the engines. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { refuse } of this.#waiting.splice(0)) refuse(CLOSED());
    await Promise.all(this.#all.map((slot) => slot.engine.stop()));
  }

  #add(): EngineSlot {
    const slot = new EngineSlot(this.#create);
    this.#all.push(slot);
    return slot;
  }

  #give(slot: EngineSlot, binding: Binding): Slot {
    slot.uses += 1;
    slot.binding = binding;
    this.#serving.set(binding, slot);
    return slot;
  }

  #wait(binding: Binding): Promise<Slot> {
    return new Promise((resolve, reject) => {
      const waiter = {
        binding,
        take: (slot: EngineSlot) => {
          clearTimeout(timer);
          resolve(this.#give(slot, binding));
          // Others of the same binding need no engine of their own.
          for (const other of this.#waiting.filter((w) => w.binding === binding)) {
            this.#waiting.splice(this.#waiting.indexOf(other), 1);
            other.take(slot);
          }
        },
        refuse: (error: Error) => {
          clearTimeout(timer);
          reject(error);
        },
      };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(BUSY(this.#patience));
      }, this.#patience);
      this.#waiting.push(waiter);
    });
  }
}

const BUSY = (milliseconds: number) =>
  new LotlineError(
    'BUSY',
    `No connection became free within ${milliseconds / 1000} seconds.`,
    'Try again; if it happens often, shorten transactions or enlarge the pool.',
  );

const CLOSED = () =>
  new LotlineError('CLOSED', 'The tenancy has been closed.', 'Open another; close it when the process ends.');
