import { connectTo } from '../../migrations/index.ts';
import type { Boundary } from '../../tenancy/index.ts';
import type { Step } from '../step.ts';

interface TableRow {
  name: string;
  enabled: boolean;
  forced: boolean;
  policies: string[];
}

/** Row-level security is enabled and forced on every table, with the policies that are declared and no others. */
export const rowSecurity: Step = {
  name: 'row security',
  section: 'database',
  async run({ database, boundary }) {
    const declared = boundary();
    const client = await connectTo(database.urls.owner);
    try {
      const { rows } = await client.query<TableRow>(
        `SELECT c.relname AS name, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,
           ARRAY(SELECT p.polname::text FROM pg_policy p WHERE p.polrelid = c.oid ORDER BY 1) AS policies
         FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> '_prisma_migrations'
         ORDER BY 1`,
      );
      const facts = {
        tables: rows.length,
        enabled: rows.filter((r) => r.enabled).length,
        forced: rows.filter((r) => r.forced).length,
        policies: rows.reduce((sum, r) => sum + r.policies.length, 0),
      };
      return {
        detail: `enabled on ${facts.enabled} and forced on ${facts.forced} of ${facts.tables} tables, ${facts.policies} policies`,
        facts: { rls: facts },
        issues: rows.flatMap((row) => faults(row, declared)),
      };
    } finally {
      await client.end();
    }
  },
};

function faults(row: TableRow, { models }: Boundary) {
  const declared = models.find((m) => m.table === row.name)?.policies.map((p) => p.name) ?? [];
  const messages = [
    ...(row.enabled ? [] : [`Row-level security is disabled on ${row.name}.`]),
    ...(row.forced ? [] : [`Row-level security is not forced on ${row.name}.`]),
    ...declared
      .filter((p) => !row.policies.includes(p))
      .map((p) => `The policy ${p} of ${row.name} is missing.`),
    ...row.policies
      .filter((p) => !declared.includes(p))
      .map((p) => `The policy ${p} of ${row.name} is declared nowhere.`),
  ];
  return messages.map((message) => ({
    message,
    remedy: 'npm run db:check-rls shows the statements that mend it',
  }));
}
