import type { Calendar } from './calendar.ts';
import { naturalId } from './natural-id.ts';

/** A place where an office sells, with a point near its middle and a typical price of a house in dollars. */
export interface Place {
  readonly city: string;
  readonly county: string;
  readonly state: string;
  readonly zip: string;
  readonly neighborhood: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly typicalPrice: number;
}

/** User ids of an office's people, by what they do. */
export interface Members {
  readonly owner: string;
  readonly admin: string;
  readonly agents: readonly string[];
  readonly viewer: string;
}

/** A demo brokerage while its rows are made. */
export interface Office {
  readonly organizationId: string;
  readonly slug: string;
  readonly name: string;
  readonly domain: string;
  readonly msa: string;
  readonly places: readonly Place[];
  readonly members: Members;
  readonly calendar: Calendar;
}

/** The id of a row of this office. */
export function officeId(office: Office, kind: string, key: string | number): string {
  return naturalId(office.slug, kind, key);
}

/** Id and tenant of a row: the first two columns of every tenant table. */
export function keyed(office: Office, kind: string, key: string | number) {
  return { organization_id: office.organizationId, id: officeId(office, kind, key) };
}

/** The element at the index, starting over at the end of the list. */
export function pick<T>(list: readonly T[], index: number): T {
  if (list.length === 0) throw new RangeError('nothing to pick from');
  return list[index % list.length]!;
}

/** Makes one row per index from 0. */
export function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
