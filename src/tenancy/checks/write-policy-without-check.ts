import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'write-policy-without-check',
  title: 'A policy for writing does not say what may be written',
  why: 'Without WITH CHECK the server takes USING for the new row too; a later, wider USING then opens writing unnoticed.',
  mend: 'State both conditions.',
  also: ['pgrls SEC006', 'safegres A6'],
  level: 'error',
  async run({ facts }) {
    return (await facts.policies())
      .filter((p) => ['insert', 'update', 'all'].includes(p.operation) && !p.check)
      .map((policy) => ({
        object: policy.object,
        detail: `${policy.object} is for ${policy.operation} but has no WITH CHECK.`,
        remedy: `state both conditions; npm run db:sync prints the declared policy`,
      }));
  },
};
