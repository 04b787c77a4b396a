import { isCovered } from './facts/indexes.ts';
import { guardedTables } from './facts/tables.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'foreign-key-without-index',
  title: 'A foreign key has no index',
  why: 'Deleting or changing the row that it points at searches the whole table, under a lock.',
  mend: 'Add an index that begins with the columns of the key.',
  also: ['splinter 0001', 'safegres X1'],
  level: 'error',
  async run({ boundary, facts }) {
    const ours = new Set(guardedTables(await facts.tables(), boundary).map((t) => t.label));
    const indexes = await facts.indexes();
    return (await facts.foreignKeys())
      .filter(({ table, columns }) => ours.has(table) && !isCovered(indexes, table, columns))
      .map(({ table, name, columns }) => ({
        object: `${table}.${name}`,
        detail: `No index of ${table} begins with ${columns.join(', ')}, the columns of ${name}.`,
        remedy: `add @@index([${columns.join(', ')}]) to the model, in its field names`,
      }));
  },
};
