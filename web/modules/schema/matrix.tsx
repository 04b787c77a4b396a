import type { ReactNode } from 'react';
import { Badge } from '../../ui/badge.tsx';
import type { Report, TableRow } from './isolation-report.ts';

/** Attackers as a newcomer tells them apart; the letters are those of the report. */
const GROUPS = [
  { title: 'Its members', letters: 'ABCDE', about: 'on rows of their own organization' },
  { title: 'Other organizations', letters: 'FG', about: 'on rows of theirs alone' },
  {
    title: 'Without a context, or a forged one',
    letters: 'IJKLMNOPQRST',
    about: 'only what is published to everybody',
  },
  { title: 'Web analytics', letters: 'UV', about: 'adding events' },
  { title: 'The platform', letters: 'H', about: 'staff, each use logged' },
] as const;

const READS = ['select', 'copy to', 'select for update'];

type Reach = 'writes' | 'reads' | 'nothing';

const LOOKS: Readonly<Record<Reach, readonly [string, string]>> = {
  writes: ['bg-accent text-on-accent', 'reads and writes'],
  reads: ['bg-accent-soft text-accent-strong', 'reads'],
  nothing: ['bg-sunken text-faint', 'nothing'],
};

/** Tables against attackers: what was reached, on rows of their own; foreign rows were reached by none. */
export function Matrix(props: { readonly report: Report; readonly tables: readonly TableRow[] }): ReactNode {
  const { report, tables } = props;
  return (
    <>
      <p className="px-4 pt-3 text-soft">
        A field says what worked on rows of the attacker’s own. Rows of somebody else were reached by no one;
        a single one would fail the attack.
      </p>
      <section
        aria-label="Tables and attackers"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys
        tabIndex={0}
        className="scroll-thin overflow-x-auto p-4"
      >
        <table className="w-full min-w-[44rem] border-separate border-spacing-1 text-left">
          <thead>
            <tr className="align-bottom text-sm">
              <th scope="col" className="px-1 font-medium text-soft">
                Table
              </th>
              {GROUPS.map((group) => (
                <th key={group.title} scope="col" className="w-32 px-1 font-medium">
                  {group.title}
                  <span className="block text-xs font-normal text-faint">{group.about}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {tables.map((row) => (
              <tr key={row.table}>
                <th scope="row" className="px-1 text-left font-normal">
                  <span className="mr-2">{row.table.replaceAll('_', ' ')}</span>
                  <Badge>{row.scope}</Badge>
                </th>
                {GROUPS.map((group) => {
                  const [look, words] = LOOKS[reachOf(row, group.letters, report)];
                  return (
                    <td key={group.title} className={`rounded-sm px-2 py-1 text-center text-xs ${look}`}>
                      {words}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function reachOf(row: TableRow, letters: string, report: Report): Reach {
  const worked = report.operations.filter((o) => [...(row.works[o] ?? '')].some((l) => letters.includes(l)));
  if (worked.length === 0) return 'nothing';
  return worked.some((o) => !READS.includes(o)) ? 'writes' : 'reads';
}
