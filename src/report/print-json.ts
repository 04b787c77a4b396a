import type { Report } from './runner.ts';

/** The report as one object for programs. What the run left out (`--quick`) is null. */
export function reportJson({ facts, steps, issues, ok }: Report) {
  const { models = null, enums = null, migration = null, rls = null, drift = null } = facts;
  const commands = steps
    .filter((s) => s.section === 'commands')
    .map(({ name, ok, ms }) => ({ name, ok, ms }));
  return { models, enums, migration, rls, commands, drift, issues, ok };
}
