import { connectTo } from '../../database/client.ts';
import type { Boundary } from '../../tenancy/index.ts';
import type { Step } from '../step.ts';

/** Each model has its table with exactly its columns, and there is no other table. */
export const tables: Step = {
  name: 'tables',
  section: 'database',
  async run({ database, boundary }) {
    const { models } = boundary();
    const client = await connectTo(database.urls.owner);
    try {
      const { rows } = await client.query<{ relname: string; columns: string[] }>(
        `SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum) AS columns
         FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> '_prisma_migrations'
         GROUP BY c.oid, c.relname ORDER BY c.relname`,
      );
      const found = new Map(rows.map((r) => [r.relname, r.columns]));
      const present = models.filter((m) => found.has(m.table)).length;
      return {
        detail: `${present} of ${models.length} models have their table`,
        issues: compare(models, found),
      };
    } finally {
      await client.end();
    }
  },
};

function compare(models: Boundary['models'], found: ReadonlyMap<string, readonly string[]>) {
  const missing = { remedy: 'npm run db:apply, or npm run db:sync to see what differs' };
  const extra = { remedy: 'put it into prisma/models and a migration, or remove it from the database' };
  const issues = models.flatMap(({ table, columns }) => {
    const there = found.get(table);
    if (!there) return [{ message: `The table ${table} is missing.`, ...missing }];
    const wanted = columns.map((c) => c.column);
    return [
      ...wanted
        .filter((c) => !there.includes(c))
        .map((c) => ({ message: `The column ${table}.${c} is missing.`, ...missing })),
      ...there
        .filter((c) => !wanted.includes(c))
        .map((c) => ({ message: `The column ${table}.${c} is in no model.`, ...extra })),
    ];
  });
  const others = [...found.keys()].filter((name) => !models.some((m) => m.table === name));
  return [...issues, ...others.map((name) => ({ message: `The table ${name} is in no model.`, ...extra }))];
}
