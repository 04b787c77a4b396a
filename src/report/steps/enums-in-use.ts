import { connectTo } from '../../database/client.ts';
import type { Step } from '../step.ts';

/** Every enum of the database is the type of a column. */
export const enumsInUse: Step = {
  name: 'enums',
  section: 'database',
  async run({ database }) {
    const client = await connectTo(database.urls.owner);
    try {
      const { rows } = await client.query<{ name: string; used: boolean }>(
        `SELECT t.typname AS name, EXISTS (
           SELECT FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
           WHERE a.atttypid IN (t.oid, t.typarray) AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p')) AS used
         FROM pg_type t WHERE t.typtype = 'e' AND t.typnamespace = 'public'::regnamespace ORDER BY 1`,
      );
      const unused = rows.filter((r) => !r.used);
      return {
        detail:
          unused.length === 0 ? `${rows.length}, all in use` : `${unused.length} of ${rows.length} unused`,
        issues: unused.map(({ name }) => ({
          message: `No column has the enum ${name}.`,
          remedy: 'use it, or drop it in a migration',
        })),
      };
    } finally {
      await client.end();
    }
  },
};
