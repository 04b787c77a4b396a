import type { ReactNode } from 'react';
import { classes } from './classes.ts';

export interface TableColumn<Row> {
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  readonly align?: 'end';
  /** The narrowest window in which it is shown. */
  readonly from?: 'md' | 'lg';
}

export interface TableProps<Row> {
  readonly label: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}

const SHOWN = { md: 'hidden md:table-cell', lg: 'hidden lg:table-cell' } as const;

/** A short table; long lists are a DataGrid. */
export function Table<Row>({ label, columns, rows, keyOf }: TableProps<Row>): ReactNode {
  const look = ({ align, from }: TableColumn<Row>) =>
    classes('px-4 py-2.5 align-middle', align === 'end' && 'text-right tabular', from && SHOWN[from]);
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys
      tabIndex={0}
      className="scroll-thin overflow-x-auto outline-offset-[-2px]"
    >
      <table className="w-full text-left">
        <thead>
          <tr className="border-b border-line text-sm text-soft">
            {columns.map((column) => (
              <th
                key={column.header}
                scope="col"
                className={classes(look(column), 'font-medium whitespace-nowrap')}
              >
                {column.header === '' ? <span className="sr-only">Actions</span> : column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column) => (
                <td key={column.header} className={look(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
