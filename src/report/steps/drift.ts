import type { Step } from '../step.ts';

/** The database is what the annotated schema declares: tables, columns, indexes, constraints, policies, privileges, functions. */
export const drift: Step = {
  name: 'drift',
  section: 'database',
  async run({ probes }) {
    const { drift } = await probes.drift();
    return {
      detail: drift.length === 0 ? 'none' : `${drift.length} differences from the schema`,
      facts: { drift },
      issues: drift.map(({ detail, remedy }) => ({ message: detail, remedy })),
    };
  },
};
