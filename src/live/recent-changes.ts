import { randomBytes } from 'node:crypto';
import type { Heard } from './change.ts';

/**
 * The last changes this process heard, for streams that were cut off and come back. Positions are `<process>-<number>`, so
 * that a position of another process, or of this one before it started anew, is not mistaken for one of its own.
 */
export class RecentChanges {
  readonly #boot = randomBytes(6).toString('hex');
  readonly #most: number;
  #held: Heard[] = [];
  #last = 0;
  /** Nothing at or before this place can be given again. */
  #lost = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get last(): number {
    return this.#last;
  }

  add(change: Heard['change']): Heard {
    this.#last += 1;
    const heard = { place: this.#last, change };
    this.#held.push(heard);
    if (this.#held.length >= this.#most * 2) {
      this.#held = this.#held.slice(-this.#most);
      this.#lost = this.#held[0]!.place - 1;
    }
    return heard;
  }

  /** What was heard before is no complete account any more. */
  gap(): void {
    this.#last += 1;
    this.#held = [];
    this.#lost = this.#last;
  }

  position(place: number): string {
    return `${this.#boot}-${place}`;
  }

  /** What an organization's streams were told after a position, or undefined where that is not known. */
  since(position: string, organization: string): Heard[] | undefined {
    const [, boot, number = ''] = /^([0-9a-f]{12})-(\d{1,15})$/.exec(position) ?? [];
    const place = Number(number);
    if (boot !== this.#boot || place < this.#lost || place > this.#last) return undefined;
    return this.#held.filter((h) => h.place > place && h.change.organization === organization);
  }
}
