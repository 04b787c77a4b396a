import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';

export interface ListState {
  readonly q: string;
  readonly sort: string | undefined;
  /** Chosen values of each filter. */
  readonly chosen: Readonly<Record<string, readonly string[]>>;
  setQ(q: string): void;
  setSort(sort: string | undefined): void;
  choose(filters: Readonly<Record<string, readonly string[]>>): void;
  clear(): void;
  readonly filtered: boolean;
}

/** What a list is narrowed and ordered by. Stands in the address, so that it can be sent, kept and gone back to. */
export function useListState(filters: readonly string[]): ListState {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const set = useCallback(
    (changes: Record<string, string | undefined>) =>
      void navigate({
        to: '.',
        replace: true,
        resetScroll: false,
        search: ((before: object) => ({ ...before, ...changes })) as never,
      }),
    [navigate],
  );
  const text = (name: string) => (search[name] === undefined ? '' : String(search[name]));
  const written = filters.map((f) => text(f)).join('\u0000');
  // biome-ignore lint/correctness/useExhaustiveDependencies: `written` is what they come to
  const chosen = useMemo(
    () => Object.fromEntries(filters.map((f) => [f, text(f) ? text(f).split(',') : []])),
    [written],
  );
  const q = text('q');
  return {
    q,
    sort: text('sort') || undefined,
    chosen,
    setQ: (next) => set({ q: next || undefined }),
    setSort: (next) => set({ sort: next }),
    choose: (next) =>
      set(Object.fromEntries(Object.entries(next).map(([f, values]) => [f, values.join(',') || undefined]))),
    clear: () => set({ q: undefined, ...Object.fromEntries(filters.map((f) => [f, undefined])) }),
    filtered: q !== '' || Object.values(chosen).some((values) => values.length > 0),
  };
}

/** The state as conditions of the data API; filters are lists of values of a field. */
export function conditionsOf(state: ListState, defaultSort: string): Record<string, string> {
  const chosen = Object.entries(state.chosen).filter(([, values]) => values.length > 0);
  return {
    sort: state.sort ?? defaultSort,
    ...(state.q ? { q: state.q } : {}),
    ...Object.fromEntries(chosen.map(([field, values]) => [`${field}.in`, values.join(',')])),
  };
}
