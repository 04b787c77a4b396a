/** Midnight of the Monday of a day’s week, by the clock of this browser. */
export function weekOf(day: Date): Date {
  const back = (day.getDay() + 6) % 7;
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() - back);
}

/** A day further by whole days of the calendar: a day of 23 or 25 hours counts as one. */
export function addDays(day: Date, count: number): Date {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + count);
}

export const sameDay = (a: Date, b: Date): boolean => a.toDateString() === b.toDateString();

export interface Span {
  readonly start: Date;
  readonly end: Date;
}

export interface Placed<T> {
  readonly item: T;
  /** Minutes from midnight of the day. */
  readonly from: number;
  readonly to: number;
  /** Its column among those it overlaps with, and how many these are. */
  readonly column: number;
  readonly columns: number;
}

const MINUTE = 60_000;

/** Places what falls into a day beside each other where it overlaps. */
export function placeDay<T extends Span>(day: Date, items: readonly T[]): Placed<T>[] {
  const begin = day.getTime();
  const next = addDays(day, 1).getTime();
  const today = items
    .filter(({ start, end }) => start.getTime() < next && end.getTime() > begin)
    .map((item) => ({
      item,
      from: Math.max(0, minuteOf(item.start, day)),
      to: item.end.getTime() >= next ? 24 * 60 : minuteOf(item.end, day),
    }))
    .sort((a, b) => a.from - b.from || b.to - a.to);
  const placed: Placed<T>[] = [];
  let cluster: { item: T; from: number; to: number; column: number }[] = [];
  let until = -1;
  const close = () => {
    const columns = Math.max(0, ...cluster.map((c) => c.column + 1));
    placed.push(...cluster.map((c) => ({ ...c, columns })));
    cluster = [];
  };
  for (const one of today) {
    if (one.from >= until) close();
    const taken = cluster.filter((c) => c.to > one.from).map((c) => c.column);
    let column = 0;
    while (taken.includes(column)) column += 1;
    cluster.push({ ...one, column });
    until = Math.max(until, one.to);
  }
  close();
  return placed;
}

/** By the clock on the wall, so that a day on which clocks change is drawn like any other. */
function minuteOf(at: Date, day: Date): number {
  if (at.getTime() < day.getTime()) return 0;
  return sameDay(at, day)
    ? at.getHours() * 60 + at.getMinutes()
    : Math.round((at.getTime() - day.getTime()) / MINUTE);
}
