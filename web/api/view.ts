import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { bodyOf, type OrganizationApi } from './client.ts';
import { useOrganization } from './organization.tsx';

export interface View<T> {
  /** What is read, with everything it depends on: `['deals', 'board']`. */
  readonly key: readonly unknown[];
  /** Tables whose changes make it stale. */
  readonly tables: readonly string[];
  readonly load: (api: OrganizationApi, signal: AbortSignal) => Promise<{ data?: T }>;
  readonly enabled?: boolean;
}

/** Reads what a module’s route answers, and again when somebody changes what it is made of. */
export function useView<T>({ key, tables, load, enabled = true }: View<T>): UseQueryResult<T, Error> {
  const { slug, api } = useOrganization();
  return useQuery({
    queryKey: [slug, 'view', ...key],
    queryFn: ({ signal }) => bodyOf(load(api, signal)),
    meta: { tables },
    enabled,
  });
}
