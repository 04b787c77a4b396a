import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery } from '@tanstack/react-query';
import { bodyOf, type OrganizationApi } from './client.ts';
import { useOrganization } from './organization.tsx';

export interface Pages<Page> {
  /** What is read, with everything it depends on: `['activity', filter]`. */
  readonly key: readonly unknown[];
  /** Tables whose changes make it stale. */
  readonly tables: readonly string[];
  /** Reads the page after `cursor`, or the first. */
  readonly load: (api: OrganizationApi, cursor: string | undefined, signal: AbortSignal) => Promise<unknown>;
  /** Where the page after this one begins; null after the last. */
  readonly next: (page: Page) => string | null;
  /** Milliseconds until it is asked for again, by what is there. */
  readonly again?: (pages: readonly Page[]) => number;
}

/** Reads what a module’s route answers page by page, and again when somebody changes what it is made of. */
export function usePages<Page>({
  key,
  tables,
  load,
  next,
  again,
}: Pages<Page>): UseInfiniteQueryResult<InfiniteData<Page>, Error> {
  const { slug, api } = useOrganization();
  return useInfiniteQuery<Page, Error, InfiniteData<Page>, readonly unknown[], string | undefined>({
    queryKey: [slug, 'view', ...key],
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) => bodyOf<Page>(load(api, pageParam, signal) as never),
    getNextPageParam: (page) => next(page) ?? undefined,
    refetchInterval: ({ state }) => again?.(state.data?.pages ?? []) ?? false,
    meta: { tables },
  });
}
