import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'declared-table-missing',
  title: 'A declared table is not in the database',
  why: 'The database is behind the schema, so nothing can be said about the boundary of this table.',
  level: 'error',
  async run({ boundary, facts }) {
    const live = new Set((await facts.tables()).map((t) => t.label));
    return boundary.models
      .filter((m) => !live.has(m.table))
      .map(({ model, table, place }) => ({
        object: table,
        detail: `Model ${model} (${place.file}:${place.line}) declares the table ${table}, which the database does not have.`,
        remedy:
          'apply what is pending: npm run db:apply; where nothing is pending, npm run db:migrate writes the migration',
      }));
  },
};
