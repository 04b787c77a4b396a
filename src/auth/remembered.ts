/**
 * What was found out, by key, for a while and in bounded memory. Those who ask for one key at once share one question.
 * What is forgotten while it is being asked for is not kept when the answer comes.
 */
export class Remembered<V> {
  readonly #entries = new Map<string, { readonly value: V; readonly until: number }>();
  readonly #asked = new Map<string, Promise<V>>();
  readonly #milliseconds: number;
  readonly #most: number;
  #generation = 0;

  constructor(milliseconds: number, most: number) {
    this.#milliseconds = milliseconds;
    this.#most = most;
  }

  get(key: string, now = Date.now()): V | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.until > now ? entry.value : undefined;
  }

  /** @param ends epoch milliseconds after which the value does not hold, whatever the age of the entry */
  async ask(
    key: string,
    question: () => Promise<V>,
    ends: (value: V) => number = () => Infinity,
  ): Promise<V> {
    const asked = this.#asked.get(key);
    if (asked) return asked;
    const generation = this.#generation;
    const answer = question();
    this.#asked.set(key, answer);
    try {
      const value = await answer;
      if (generation === this.#generation)
        this.#keep(key, value, Math.min(Date.now() + this.#milliseconds, ends(value)));
      return value;
    } finally {
      if (this.#asked.get(key) === answer) this.#asked.delete(key);
    }
  }

  forget(): void {
    this.#generation += 1;
    this.#entries.clear();
    this.#asked.clear();
  }

  /** The entry kept longest goes first: within seconds each is out of date anyway. */
  #keep(key: string, value: V, until: number): void {
    if (until <= Date.now()) return;
    this.#entries.delete(key);
    if (this.#entries.size >= this.#most) this.#entries.delete(this.#entries.keys().next().value!);
    this.#entries.set(key, { value, until });
  }
}
