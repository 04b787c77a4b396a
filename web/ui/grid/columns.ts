import type { ReactNode } from 'react';

/** A column of a list. */
export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** Its width as CSS grid writes it: `minmax(12rem, 2fr)`. */
  readonly width: string;
  /** The field of the data API that it is ordered by; without one it is not. */
  readonly sort?: string;
  readonly align?: 'end';
  /** The narrowest window in which it is shown; always, where it says none. */
  readonly from?: 'md' | 'lg' | 'xl';
}

/** Window widths from which columns appear, that leave room for them beside the navigation (px). */
const WIDTHS = { md: 768, lg: 1180, xl: 1480 } as const;

/** Those that fit a window of this width. */
export function columnsFor<Row>(columns: readonly Column<Row>[], width: number): readonly Column<Row>[] {
  return columns.filter(({ from }) => from === undefined || width >= WIDTHS[from]);
}

/** The order after a press on a column’s heading: ascending, then descending, then as before. */
export function nextSort(current: string | undefined, field: string): string | undefined {
  if (current === field) return `-${field}`;
  return current === `-${field}` ? undefined : field;
}

/** The least width at which all columns stand beside each other, in rem. */
export function leastWidth<Row>(columns: readonly Column<Row>[]): number {
  return columns.reduce((sum, { width }) => sum + Number(/([\d.]+)rem/.exec(width)?.[1] ?? 0), 0);
}
