import { sqlName } from './facts/names.ts';
import { concerned, type LiveTable } from './facts/tables.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'view-reads-as-owner',
  title: 'A view shows what its owner sees',
  why: 'A view reads its tables with the rights of its owner. Only a reader role, whose own policies say what is public, may own one.',
  mend: '`SET (security_invoker = true)`, or hand the view to a reader role.',
  also: ['splinter 0002', 'splinter 0010', 'pgrls VIEW001', 'pgrls SEC052', 'safegres L8'],
  level: 'error',
  async run({ roles, facts }) {
    const concerns = await concerned(facts, roles);
    return (await facts.tables())
      .filter((t) => t.kind === 'v' && concerns(t) && !isInvoker(t) && !roles.readers.includes(t.owner))
      .map(({ label, owner }) => ({
        object: label,
        detail: `${label} reads with the rights of ${owner}, not of whoever queries it.`,
        remedy: `let the caller's policies hold: \`ALTER VIEW ${sqlName(label)} SET (security_invoker = true);\``,
      }));
  },
};

function isInvoker({ options }: LiveTable): boolean {
  return options.some((o) => /^security_invoker=(true|on|1|yes)$/i.test(o));
}
