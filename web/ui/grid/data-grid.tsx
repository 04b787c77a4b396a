import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Rows } from '../../api/rows.ts';
import { classes } from '../classes.ts';
import { number } from '../format.ts';
import { ProblemState, SkeletonRows } from '../states.tsx';
import { useWindowWidth } from '../window-width.ts';
import { type Column, columnsFor, leastWidth } from './columns.ts';
import { GridHeader } from './header.tsx';
import { rowAfterKey } from './keys.ts';
import { GridRow } from './row.tsx';

const ROW_HEIGHT = 44;

export interface DataGridProps<Row> {
  /** What the list is of, for those who hear it. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: Rows<Row>;
  readonly sort?: string | undefined;
  readonly onSort?: (sort: string | undefined) => void;
  /** Enter or a press on a row. */
  readonly onOpen: (row: Row) => void;
  /** What is shown where there are none. */
  readonly empty: ReactNode;
}

/**
 * A list of any length: draws what is in the window, loads as it is scrolled, is worked by arrow keys, Home, End, page keys
 * and Enter. It fills its place and scrolls inside.
 */
export function DataGrid<Row>(props: DataGridProps<Row>): ReactNode {
  const { label, rows, sort, onSort, onOpen, empty } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(-1);
  const width = useWindowWidth();
  const columns = useMemo(() => columnsFor(props.columns, width), [props.columns, width]);
  const template = columns.map((c) => c.width).join(' ');
  const minWidth = `${leastWidth(columns)}rem`;
  const name = useId();
  const total = rows.total ?? 0;
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
    scrollPaddingStart: 36,
  });
  const items = virtual.getVirtualItems();
  const [from, to] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  const { show } = rows;
  useEffect(() => show(from, to), [show, from, to]);
  const latest = useRef({ rows, onOpen });
  latest.current = { rows, onOpen };
  const open = useCallback((index: number) => {
    setActive(index);
    const row = latest.current.rows.at(index);
    if (row !== undefined) latest.current.onOpen(row);
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== scroller.current || event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.key === 'Enter' && active >= 0) return open(active);
    const visible = Math.max(1, Math.floor((scroller.current.clientHeight - 36) / ROW_HEIGHT) - 1);
    const next = rowAfterKey(event.key, active, total, visible);
    if (next === undefined) return;
    event.preventDefault();
    setActive(next);
    virtual.scrollToIndex(next);
  };
  if (rows.error && rows.total === undefined) return <ProblemState error={rows.error} onRetry={rows.retry} />;
  if (rows.total === undefined) return <SkeletonRows rows={12} />;
  if (total === 0) return <>{empty}</>;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {rows.error && <ProblemState error={rows.error} onRetry={rows.retry} />}
      <div
        ref={scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={total + 1}
        aria-busy={rows.old}
        aria-activedescendant={active >= 0 ? `${name}${active}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        className={classes(
          'scroll-thin relative min-h-0 flex-1 overflow-auto outline-offset-[-2px]',
          rows.old && 'opacity-60',
        )}
      >
        <GridHeader columns={columns} template={template} minWidth={minWidth} sort={sort} onSort={onSort} />
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize(), minWidth }}>
          {items.map((item) => (
            <GridRow
              key={item.index}
              id={`${name}${item.index}`}
              row={rows.at(item.index)}
              index={item.index}
              top={item.start}
              height={ROW_HEIGHT}
              template={template}
              columns={columns}
              active={item.index === active}
              onOpen={open}
            />
          ))}
        </div>
      </div>
      <p className="border-t border-line px-3 py-1.5 text-xs text-faint" aria-live="polite">
        {number(total)} {total === 1 ? 'row' : 'rows'}
        {rows.beyond > 0 && `; ${number(rows.beyond)} more: filter to reach them`}
      </p>
    </div>
  );
}
