import { type QueryClient, queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { api, bodyOf, type Model, organizationApi } from './client.ts';
import { Problem } from './problem.ts';

export type Me = Model<'Me'>;
export type Overview = Model<'OrganizationOverview'>;

/** Who is signed in; null for nobody. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async (): Promise<Me | null> => {
    try {
      return await bodyOf<Me>(api.GET('/v1/me', {}) as never);
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 5 * 60_000,
});

/** The organization as its member sees it: role, permissions, plan, what of it is used. */
export const overviewQuery = (slug: string) =>
  queryOptions({
    queryKey: [slug, 'overview'],
    queryFn: () => bodyOf<Overview>(organizationApi(slug).GET('', {}) as never),
    staleTime: 5 * 60_000,
    meta: { tables: ['organizations', 'organization_members', 'subscriptions'] },
  });

/** The signed-in person; only on pages behind sign-in. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data as Me;
}

/** Whether somebody is signed in, for pages that anybody may open. */
export function usePerhapsMe(): Me | null | undefined {
  return useQuery(meQuery).data;
}

/** Forgets everything that was read as somebody. */
export function forgetAll(client: QueryClient): void {
  client.clear();
}
