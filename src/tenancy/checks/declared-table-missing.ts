import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'declared-table-missing',
  title: 'A declared table is not in the database',
  why: 'The database is behind the schema, so nothing can be said about the boundary of this table.',
  mend: 'Apply what is pending: `npm run db:apply`.',
  also: [],
  level: 'error',
  async run({ boundary, facts }) {
    const live = new Set((await facts.tables()).map((t) => t.label));
    const missing = boundary.models.filter((m) => !live.has(m.table));
    if (missing.length > 1 && missing.length === boundary.models.length) {
      return [
        {
          object: 'database',
          detail: `None of the ${missing.length} declared tables is in the database.`,
          remedy: 'apply the migrations: npm run db:apply',
        },
      ];
    }
    return missing.map(({ model, table, place }) => ({
      object: table,
      detail: `Model ${model} (${place.file}:${place.line}) declares the table ${table}, which the database does not have.`,
      remedy:
        'apply what is pending: npm run db:apply; where nothing is pending, npm run db:migrate writes the migration',
    }));
  },
};
