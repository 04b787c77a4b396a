const DAY_MS = 86_400_000;

/** Days and times counted from the day of seeding, in UTC. Negative offsets lie in the past. */
export class Calendar {
  readonly #today: number;

  /** @param today `YYYY-MM-DD` */
  constructor(today: string) {
    this.#today = Date.parse(`${today}T00:00:00Z`);
    if (Number.isNaN(this.#today)) throw new RangeError(`"${today}" is no day; write YYYY-MM-DD`);
  }

  /** The date so many days from today, `YYYY-MM-DD`. */
  day(offset: number): string {
    return new Date(this.#today + offset * DAY_MS).toISOString().slice(0, 10);
  }

  /** A time of that day, ISO 8601. */
  at(offset: number, hour = 9, minute = 0): string {
    return new Date(this.#today + offset * DAY_MS + (hour * 60 + minute) * 60_000).toISOString();
  }

  /** The first day of the month so many months from this one. */
  month(offset: number): string {
    const now = new Date(this.#today);
    return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset, 1)).toISOString().slice(0, 10);
  }

  get year(): number {
    return new Date(this.#today).getUTCFullYear();
  }
}
