import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { AnyCollection, RowOf } from './collection.ts';
import { useOrganization } from './organization.tsx';
import { type ListPage, type ListQuery, readList } from './records.ts';

/** Rows of one request. */
const PAGE = 100;
/** The data API reaches this far without a condition. */
const REACH = 10_000 + PAGE;

/** Rows of a list by their place, loaded where they are looked at. */
export interface Rows<Row> {
  /** How many can be reached; undefined until the first answer. */
  readonly total: number | undefined;
  /** How many there are beyond those that can be reached. */
  readonly beyond: number;
  /** The row at a place; undefined while it is loaded. */
  at(index: number): Row | undefined;
  /** Says which places are seen. */
  show(from: number, to: number): void;
  readonly error: Error | null;
  /** Whether what is seen belongs to an older question. */
  readonly old: boolean;
  retry(): void;
}

/** A list of any length under a condition and an order. */
export function useRows<C extends AnyCollection, Row = RowOf<C>>(
  collection: C,
  query: ListQuery,
  tables: readonly string[] = [],
): Rows<Row> {
  const { slug, api } = useOrganization();
  const [seen, setSeen] = useState<readonly [number, number]>([0, 0]);
  const meta = useMemo(() => ({ tables: [collection.table, ...tables] }), [collection.table, tables]);
  const first = useQuery({
    queryKey: [slug, 'data', collection.name, 'list', { ...query, limit: PAGE, count: 'exact' }],
    queryFn: ({ signal }) =>
      readList<Row>(api, collection, { ...query, limit: PAGE, count: 'exact' }, signal),
    meta,
    placeholderData: keepPreviousData,
  });
  const pages = useMemo(() => {
    const list: number[] = [];
    for (let page = Math.max(1, seen[0]); page <= seen[1]; page += 1) list.push(page);
    return list;
  }, [seen]);
  const more = useQueries({
    queries: pages.map((page) => ({
      queryKey: [slug, 'data', collection.name, 'list', { ...query, limit: PAGE, offset: page * PAGE }],
      queryFn: ({ signal }: { signal: AbortSignal }): Promise<ListPage<Row>> =>
        readList<Row>(api, collection, { ...query, limit: PAGE, offset: page * PAGE }, signal),
      meta,
      enabled: first.data !== undefined,
    })),
  });
  const show = useCallback((from: number, to: number) => {
    const next = [Math.floor(from / PAGE), Math.floor(to / PAGE)] as const;
    setSeen((now) => (now[0] === next[0] && now[1] === next[1] ? now : next));
  }, []);
  const loaded = new Map<number, readonly Row[]>();
  if (first.data) loaded.set(0, first.data.data);
  for (const [i, page] of pages.entries()) {
    const data = more[i]?.data?.data;
    if (data) loaded.set(page, data);
  }
  const count = first.data?.page.count;
  return {
    total: count === undefined ? undefined : Math.min(count, REACH),
    beyond: count === undefined ? 0 : Math.max(0, count - REACH),
    at: (index) => loaded.get(Math.floor(index / PAGE))?.[index % PAGE],
    show,
    error: first.error ?? more.find((m) => m.error)?.error ?? null,
    old: first.isPlaceholderData,
    retry: () => {
      void first.refetch();
      for (const one of more) if (one.error) void one.refetch();
    },
  };
}
