import { functionCalls } from './facts/condition.ts';
import { wordList } from './facts/names.ts';
import { conditionsOf } from './facts/policies.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'context-function-per-row',
  title: 'A policy asks for the context once per row',
  why: 'PostgreSQL evaluates (select f()) once per statement, but f() for each row: verifying the signature a million times takes seconds.',
  mend: 'Write the call as a sub-select: `(select app.current_organization_id())`.',
  also: ['splinter 0003', 'pgrls PERF001', 'safegres X9'],
  level: 'warning',
  async run({ boundary, facts }) {
    // Citus refuses sub-selects in policies, so there the declaration itself calls the bare function.
    const declared = boundary.models
      .flatMap((m) => m.policies)
      .map((p) => `${p.using ?? ''} ${p.check ?? ''}`);
    if (!declared.some((sql) => /\(select app\./i.test(sql))) return [];
    return (await facts.policies()).flatMap((policy) =>
      conditionsOf(policy).flatMap(({ clause, tree }) => {
        const bare = functionCalls(tree).filter((c) => !c.wrapped && !c.perRow && isCostly(c.name));
        if (bare.length === 0) return [];
        const names = [...new Set(bare.map((c) => c.name))];
        return [
          {
            object: `${policy.object} ${clause}`,
            detail: `${clause} of ${policy.object} calls ${wordList(names)} for every row.`,
            remedy: `write it as a sub-select: (select ${names[0]}())`,
          },
        ];
      }),
    );
  },
};

/** The server's own functions cost nothing worth saving, except reading a setting. */
function isCostly(name: string): boolean {
  return !name.startsWith('pg_catalog.') || name === 'pg_catalog.current_setting';
}
