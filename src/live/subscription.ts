import type { Permission } from '../auth/permissions.ts';
import type { Principal } from '../auth/principal.ts';
import type { Db } from '../db.ts';
import type { Heard } from './change.ts';
import { type LiveTable, type Told, tell } from './tables.ts';

/** What somebody may now, or undefined for nothing any more: the membership ended, the key was revoked. */
export type Check = () => Promise<ReadonlySet<Permission> | undefined>;

export interface Subscriber {
  readonly who: Principal;
  /** Bound to the organization and person of `who`. */
  readonly db: Db;
  /** Asked anew every 25 seconds, and at once when the person's membership changes. Where it throws, the stream ends. */
  readonly check: Check;
  /** The only tables to be told of; all unless given. */
  readonly tables?: ReadonlySet<string>;
  /** Where a stream that was cut off had come to. */
  readonly lastPosition?: string;
}

/** An event of a stream with the position it leads to; `beat` says only that the stream lives. */
export type LiveEvent = (Told | { readonly event: 'beat' }) & { readonly place: number };

export interface Limits {
  /** Changes that wait for one subscriber; beyond them they are dropped for one `resync`. */
  readonly queue: number;
  /** Milliseconds between two checks and heartbeats. */
  readonly beat: number;
}

const MEMBERS = 'organization_members';

/**
 * The changes for one subscriber. They wait in a bounded queue and are judged one after another when the subscriber is ready for
 * the next, so a slow one costs neither memory nor queries.
 */
export class Subscription implements AsyncIterable<LiveEvent> {
  readonly subscriber: Subscriber;
  readonly #tables: ReadonlyMap<string, LiveTable>;
  readonly #limits: Limits;
  readonly #ended = new AbortController();
  #waiting: Heard[] = [];
  #resync = false;
  #place: number;
  #permissions: ReadonlySet<Permission>;
  #checked = performance.now();
  #suspicious = false;
  /** When the subscriber asked for the next event last. */
  #asked = performance.now();
  #wake: (() => void) | undefined;

  constructor(
    subscriber: Subscriber,
    tables: ReadonlyMap<string, LiveTable>,
    limits: Limits,
    begin: { readonly place: number; readonly missed: readonly Heard[] | undefined },
  ) {
    this.subscriber = subscriber;
    this.#tables = tables;
    this.#limits = limits;
    this.#permissions = subscriber.who.permissions;
    this.#place = begin.place;
    this.#resync = begin.missed === undefined;
    for (const heard of begin.missed ?? []) this.push(heard);
  }

  /** The place up to which the subscriber has been told everything. */
  get place(): number {
    return this.#place;
  }

  /** Whether it begins with a resync, before which there is no position to come back to. */
  get missedSome(): boolean {
    return this.#resync;
  }

  /** Aborted when the subscription ends, by either side. */
  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  push(heard: Heard): void {
    const { table, ids } = heard.change;
    if (table === MEMBERS && (!ids || ids.includes(this.subscriber.who.userId))) this.#suspicious = true;
    if (this.#waiting.length < this.#limits.queue) this.#waiting.push(heard);
    // Whoever has not read for four heartbeats is gone, whatever the network says.
    else if (performance.now() - this.#asked > 4 * this.#limits.beat) this.close();
    else this.missed(heard.place);
    this.#wake?.();
  }

  /** Changes up to this place are not told one by one; what the subscriber holds is to be read anew. */
  missed(place: number): void {
    this.#waiting = [];
    this.#resync = true;
    this.#place = place;
    this.#wake?.();
  }

  close(): void {
    this.#ended.abort();
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<LiveEvent, void> {
    try {
      while (!this.signal.aborted) {
        this.#asked = performance.now();
        if (!(await this.#allowed())) return;
        if (this.#resync) {
          this.#resync = false;
          yield { event: 'resync', place: this.#place };
          continue;
        }
        const next = this.#waiting.shift();
        if (!next) {
          if (!(await this.#news())) yield { event: 'beat', place: this.#place };
          continue;
        }
        const told = await this.#judge(next);
        if (this.#place < next.place) this.#place = next.place;
        if (told && !this.signal.aborted) yield { ...told, place: this.#place };
      }
    } finally {
      this.close();
    }
  }

  async #judge({ change }: Heard): Promise<Told | undefined> {
    const table = this.#tables.get(change.table);
    const { tables, who, db } = this.subscriber;
    if (!table || !this.#permissions.has(table.permission) || tables?.has(change.table) === false)
      return undefined;
    try {
      return await tell(table, change, { userId: who.userId, db });
    } catch {
      // Whether the rows may be told is not known; that there is something to read may.
      return { event: 'resync', table: change.table };
    }
  }

  /** Asks anew what the subscriber may, where it is time. */
  async #allowed(): Promise<boolean> {
    if (!this.#suspicious && performance.now() - this.#checked < this.#limits.beat) return true;
    this.#suspicious = false;
    const permissions = await this.subscriber.check().catch(() => undefined);
    this.#checked = performance.now();
    if (permissions) this.#permissions = permissions;
    return permissions !== undefined && !this.signal.aborted;
  }

  /** Waits for something to do; false where it is time for a heartbeat. */
  #news(): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => done(false), this.#limits.beat);
      const done = (woken: boolean) => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve(woken);
      };
      this.#wake = () => done(true);
      if (this.signal.aborted) done(true);
    });
  }
}
