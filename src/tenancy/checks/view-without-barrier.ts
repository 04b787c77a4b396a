import { sqlName } from './facts/names.ts';
import { concerned } from './facts/tables.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'view-without-barrier',
  title: 'A view lets its readers’ functions see hidden rows',
  why: 'Without security_barrier a cheap function in the reader’s condition runs before the view’s own WHERE, on rows that the view hides.',
  mend: '`SET (security_barrier = true)`.',
  also: ['pgrls VIEW002', 'safegres L12'],
  level: 'error',
  async run({ roles, facts }) {
    const concerns = await concerned(facts, roles);
    const has = (options: readonly string[], name: string) =>
      options.some((o) => new RegExp(`^${name}=(true|on|1|yes)$`, 'i').test(o));
    return (await facts.tables())
      .filter(
        (t) =>
          t.kind === 'v' &&
          concerns(t) &&
          !has(t.options, 'security_invoker') &&
          !has(t.options, 'security_barrier'),
      )
      .map(({ label, owner }) => ({
        object: label,
        detail: `${label} reads with the rights of ${owner} and has no security_barrier.`,
        remedy: `set it: \`ALTER VIEW ${sqlName(label)} SET (security_barrier = true);\``,
      }));
  },
};
