import { connectTo } from '../../database/client.ts';
import type { Boundary } from '../../tenancy/index.ts';
import type { ReportContext, Step } from '../step.ts';

const REMEDY = 'npm run db:sync shows the statement that mends it';

/** Row-level security is enabled and forced on every table, every rule of the boundary holds, and each policy stands by its name. */
export const rowSecurity: Step = {
  name: 'row security',
  section: 'database',
  async run(context) {
    const { tables, enabled, forced, policies, findings } = await context.probes.boundary();
    const errors = findings.filter((f) => f.level === 'error');
    const warnings = findings.length - errors.length;
    return {
      detail: [
        `enabled on ${enabled} and forced on ${forced} of ${tables} tables, ${policies} policies`,
        ...(warnings > 0 ? [`${warnings} warnings (npm run db:check-rls)`] : []),
      ].join(', '),
      facts: { rls: { tables, enabled, forced, policies } },
      issues: [
        ...errors.map(({ detail, remedy }) => ({ message: detail, remedy })),
        ...(await policyIssues(context)),
      ],
    };
  },
};

async function policyIssues({ database, boundary }: ReportContext) {
  const client = await connectTo(database.urls.owner);
  try {
    const { rows } = await client.query<{ table: string; policies: string[] }>(
      `SELECT c.relname AS table, array_agg(p.polname::text) AS policies
       FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.relnamespace = 'public'::regnamespace GROUP BY 1`,
    );
    return compare(boundary().models, new Map(rows.map((r) => [r.table, r.policies])));
  } finally {
    await client.end();
  }
}

function compare(models: Boundary['models'], found: ReadonlyMap<string, readonly string[]>) {
  return models.flatMap(({ table, policies }) => {
    const declared = policies.map((p) => p.name);
    const present = found.get(table) ?? [];
    const missing = declared.filter((p) => !present.includes(p));
    const foreign = present.filter((p) => !declared.includes(p));
    return [
      ...missing.map((p) => ({ message: `The policy ${p} of ${table} is missing.`, remedy: REMEDY })),
      ...foreign.map((p) => ({
        message: `The policy ${p} of ${table} is declared nowhere.`,
        remedy: REMEDY,
      })),
    ];
  });
}
