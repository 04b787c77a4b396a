import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'function-leakproof',
  title: 'A function is trusted with hidden rows',
  why: 'The planner runs LEAKPROOF functions before the policies. An error message or a side effect then tells of rows of other tenants.',
  mend: '`ALTER FUNCTION … NOT LEAKPROOF`, unless it is proven to show nothing of its arguments.',
  also: ['pgrls SEC017'],
  level: 'error',
  async run({ facts }) {
    return (await facts.functions())
      .filter((f) => f.leakproof)
      .map(({ name, signature }) => ({
        object: name,
        detail: `${name} is marked LEAKPROOF, so it sees rows before policies are applied.`,
        remedy: `unless it is proven to show nothing of its arguments: \`ALTER FUNCTION ${signature} NOT LEAKPROOF;\``,
      }));
  },
};
