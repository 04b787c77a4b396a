import { functionCalls } from './facts/condition.ts';
import { wordList } from './facts/names.ts';
import { conditionsOf } from './facts/policies.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'policy-calls-volatile',
  title: 'A policy depends on a volatile function',
  why: 'A VOLATILE function runs anew for every row, keeps indexes from being used, and may answer differently within one statement.',
  mend: 'Declare the function STABLE if it only reads, or leave it out of the policy.',
  also: ['pgrls PERF002', 'safegres P1'],
  level: 'error',
  async run({ client, facts }) {
    const { rows } = await client.query<{ name: string }>(`
      SELECT DISTINCT n.nspname || '.' || p.proname AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE p.provolatile = 'v'`);
    const volatile = new Set(rows.map((r) => r.name));
    return (await facts.policies()).flatMap((policy) =>
      conditionsOf(policy).flatMap(({ clause, tree }) => {
        const called = [...new Set(functionCalls(tree).map((c) => c.name))].filter((name) =>
          volatile.has(name),
        );
        if (called.length === 0) return [];
        return [
          {
            object: `${policy.object} ${clause}`,
            detail: `${clause} of ${policy.object} calls ${wordList(called)}, which is VOLATILE.`,
            remedy: 'declare the function STABLE if it only reads, or leave it out of the policy',
          },
        ];
      }),
    );
  },
};
