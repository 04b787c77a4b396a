import { remove } from './delete.ts';
import { insert, insertReturning, merge, upsert } from './insert.ts';
import { copyFrom, copyTo, count, lock, select } from './select.ts';
import type { RowOperation } from './target.ts';
import { move, update, updateReturning } from './update.ts';

/** Every operation on rows that is tried on every table by every actor. */
export const ROW_OPERATIONS: readonly RowOperation[] = [
  select,
  count,
  copyTo,
  lock,
  insert,
  insertReturning,
  upsert,
  merge,
  copyFrom,
  update,
  updateReturning,
  move,
  remove,
];
