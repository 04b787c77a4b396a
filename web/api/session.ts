import { type QueryClient, queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getAuth } from './auth.ts';
import { api, bodyOf, type Model, organizationApi } from './client.ts';
import { Problem } from './problem.ts';

export type Me = Model<'Me'>;
export type Overview = Model<'OrganizationOverview'>;

const KNOWN = 'lotline.signed-in';

/**
 * Who is signed in; null for nobody. Who was not here before, and comes to no organization’s page, is asked for by sign-in
 * itself, which answers strangers without an error.
 */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async (): Promise<Me | null> => {
    const expected = localStorage.getItem(KNOWN) || organizationIn(location.pathname);
    if (!expected && !(await getAuth('/get-session'))) return null;
    try {
      const me = await bodyOf<Me>(api.GET('/v1/me', {}) as never);
      localStorage.setItem(KNOWN, '1');
      return me;
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error;
      localStorage.removeItem(KNOWN);
      return null;
    }
  },
  staleTime: 5 * 60_000,
});

/** The organization whose page an address is. */
export const organizationIn = (path: string): string | undefined => /^\/o\/([^/]+)/.exec(path)?.[1];

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
  localStorage.removeItem(KNOWN);
  client.clear();
}
