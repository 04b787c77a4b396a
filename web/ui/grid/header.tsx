import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from '../classes.ts';
import { type Column, nextSort } from './columns.ts';

export interface GridHeaderProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly template: string;
  readonly minWidth: string;
  readonly sort: string | undefined;
  readonly onSort: ((sort: string | undefined) => void) | undefined;
}

/** The headings of a list; those it can be ordered by are buttons. */
export function GridHeader<Row>({
  columns,
  template,
  minWidth,
  sort,
  onSort,
}: GridHeaderProps<Row>): ReactNode {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: its buttons take the focus
    <div
      role="row"
      aria-rowindex={1}
      className="sticky top-0 z-10 grid h-9 items-center border-b border-line bg-paper text-sm text-soft"
      style={{ gridTemplateColumns: template, minWidth }}
    >
      {columns.map(({ id, header, sort: field, align }) => {
        const order =
          field === undefined
            ? undefined
            : sort === field
              ? 'ascending'
              : sort === `-${field}`
                ? 'descending'
                : 'none';
        return (
          // biome-ignore lint/a11y/useFocusableInteractive: its button takes the focus
          <div
            key={id}
            role="columnheader"
            aria-sort={order}
            className={classes('min-w-0 px-3', align === 'end' && 'text-right')}
          >
            {field && onSort ? (
              <button
                type="button"
                className="inline-flex max-w-full items-center gap-1 rounded-sm font-medium hover:text-ink"
                onClick={() => onSort(nextSort(sort, field))}
              >
                <span className="truncate">{header}</span>
                {order === 'ascending' && <ArrowUp aria-hidden size={14} className="shrink-0" />}
                {order === 'descending' && <ArrowDown aria-hidden size={14} className="shrink-0" />}
              </button>
            ) : (
              <span className="block truncate font-medium">{header}</span>
            )}
          </div>
        );
      })}
    </div>
  );
}
