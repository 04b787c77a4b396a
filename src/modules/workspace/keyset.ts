import { Refusal } from '../../errors.ts';

export interface PageRequest {
  /** Records on a page. */
  readonly limit: number;
  /** What the page before gave as `next`. */
  readonly cursor?: string | undefined;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Cursor of the next page; null on the last. */
  readonly next: string | null;
}

/** Where a page ends: moment (as PostgreSQL writes it, in microseconds) and id of its last record. */
export interface Position {
  readonly at: string;
  readonly id: string;
}

const MOMENT = /^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d){0,2}$/;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const writeCursor = ({ at, id }: Position) => Buffer.from(`${at}/${id}`).toString('base64url');

/** Before every record, newest first. */
const START: Position = { at: 'infinity', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

/**
 * The position that a cursor names; without one the start, so that all pages ask the same way and use the index.
 * @throws Refusal `CURSOR_INVALID`
 */
export function readCursor(cursor: string | undefined): Position {
  if (cursor === undefined) return START;
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split('/');
  if (MOMENT.test(at) && ID.test(id) && !Number.isNaN(Date.parse(at.replace(' ', 'T').slice(0, 19))))
    return { at, id };
  const message = 'This cursor is not one that a page gave.';
  throw new Refusal('invalid', 'CURSOR_INVALID', message, 'Begin again without a cursor.', {
    fields: [{ field: 'cursor', code: 'CURSOR_INVALID', message }],
  });
}

/**
 * The page of these keys, one more than fit where there is a next page, in their order.
 * @param load the records of these ids, in any order
 */
export async function pageOf<Item extends { id: string }>(
  keys: readonly Position[],
  limit: number,
  load: (ids: string[]) => Promise<Item[]>,
): Promise<Page<Item>> {
  const here = keys.slice(0, limit);
  const found = here.length === 0 ? [] : await load(here.map((key) => key.id));
  const byId = new Map(found.map((item) => [item.id, item]));
  return {
    items: here.flatMap((key) => byId.get(key.id) ?? []),
    next: keys.length > limit ? writeCursor(here.at(-1)!) : null,
  };
}
