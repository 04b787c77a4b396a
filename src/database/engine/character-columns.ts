import type { SqlResultSet } from '@prisma/driver-adapter-utils';
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import pg from 'pg';

const CHAR_OID = 18;
const TEXT_OID = 25;

/**
 * A pool for `@prisma/adapter-pg` that lets columns of the one-byte type "char" through. The adapter knows no such
 * type and refuses the whole result, while the schema engine reads several from the catalogue.
 *
 * The columns are shown to the adapter as text; {@link restore} then gives them the type that the engine expects.
 */
export class CharacterPool extends pg.Pool {
  readonly #columns = new WeakMap<object, number[]>();

  // The adapter only calls query with a config object and awaits it; the other overloads of pg stay as they are.
  override query = (async (...args: Parameters<pg.Pool['query']>) => {
    const result = (await super.query(...args)) as unknown as pg.QueryResult;
    const columns: number[] = [];
    result.fields?.forEach((field, index) => {
      if (field.dataTypeID !== CHAR_OID) return;
      field.dataTypeID = TEXT_OID;
      columns.push(index);
    });
    if (columns.length > 0) this.#columns.set(result.rows, columns);
    return result;
  }) as unknown as pg.Pool['query'];

  restore(result: SqlResultSet): SqlResultSet {
    for (const index of this.#columns.get(result.rows) ?? [])
      result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  }
}
