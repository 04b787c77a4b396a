import { memo, type ReactNode } from 'react';
import { classes } from '../classes.ts';
import { Skeleton } from '../states.tsx';
import type { Column } from './columns.ts';

export interface GridRowProps<Row> {
  readonly id: string;
  readonly row: Row | undefined;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly template: string;
  readonly columns: readonly Column<Row>[];
  readonly active: boolean;
  readonly onOpen: (index: number) => void;
}

function RowOf<Row>(props: GridRowProps<Row>): ReactNode {
  const { id, row, index, top, height, template, columns, active, onOpen } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are taken by the grid, which holds the focus
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and names the row
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={active}
      className={classes(
        'absolute inset-x-0 grid cursor-pointer items-center border-b border-line',
        active ? 'bg-accent-soft' : 'hover:bg-sunken',
      )}
      style={{ transform: `translateY(${top}px)`, height, gridTemplateColumns: template }}
      onClick={() => row && onOpen(index)}
    >
      {columns.map((column) => (
        <div
          key={column.id}
          role="gridcell"
          tabIndex={-1}
          className={classes('min-w-0 truncate px-3', column.align === 'end' && 'text-right tabular')}
        >
          {row ? column.cell(row) : <Skeleton className="h-3.5 w-2/3" />}
        </div>
      ))}
    </div>
  );
}

/** One row of a list; drawn again only when something of it changes. */
export const GridRow = memo(RowOf) as typeof RowOf;
