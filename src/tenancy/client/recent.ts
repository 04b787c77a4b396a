/**
 * The values asked for last, by key: at least `limit` of them, at most twice as many. A bound client keeps what Prisma
 * builds on first use, so one that serves a person's next request too costs nothing.
 */
export class Recent<V> {
  #young = new Map<string, V>();
  #old = new Map<string, V>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: string, make: () => V): V {
    const held = this.#young.get(key);
    if (held !== undefined) return held;
    const value = this.#old.get(key) ?? make();
    if (this.#young.size >= this.#limit) {
      // What nobody has asked for since the last turn goes.
      this.#old = this.#young;
      this.#young = new Map();
    }
    if (this.#limit > 0) this.#young.set(key, value);
    return value;
  }
}
