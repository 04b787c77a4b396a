import type { QueryClient } from '@tanstack/react-query';
import {
  type AnyRoute,
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { alertsQuery } from '../api/alerts.ts';
import { meQuery, overviewQuery } from '../api/session.ts';
import { ProblemState } from '../ui/states.tsx';
import { modules } from './modules.ts';
import { NotFound } from './not-found.tsx';
import { pageOf } from './page-of.tsx';
import { lastOrganization } from './preferences.ts';
import { PlainFrame, Root } from './root.tsx';
import { OrganizationShell, PlatformShell } from './shell/shells.tsx';

interface Context {
  readonly client: QueryClient;
}

const root = createRootRouteWithContext<Context>()({
  component: Root,
  notFoundComponent: NotFound,
  errorComponent: ({ error, reset }) => <ProblemState error={error} onRetry={reset} />,
});

/** Pages for anybody: sign-in and what belongs to it. */
const plain = createRoute({ getParentRoute: () => root, id: 'plain', component: PlainFrame });
const open = (path: string, load: () => Promise<Record<string, unknown>>) =>
  createRoute({ getParentRoute: () => plain, path, component: lazyRouteComponent(load as never, 'Page') });

/** Pages behind sign-in; who is not signed in comes back to the page afterwards. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    const me = await context.client.ensureQueryData(meQuery);
    if (!me) throw redirect({ to: '/sign-in', search: { next: location.href } as never });
  },
});

const start = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  beforeLoad: async ({ context }) => {
    const me = await context.client.ensureQueryData(meQuery);
    const known = me?.organizations ?? [];
    const slug = known.find((o) => o.slug === lastOrganization())?.slug ?? known[0]?.slug;
    if (slug) throw redirect({ to: `/o/${slug}` as never });
    throw redirect({ to: '/welcome' as never });
  },
});

const within = (path: string, load: () => Promise<Record<string, unknown>>) =>
  createRoute({
    getParentRoute: () => signedInPlain,
    path,
    component: lazyRouteComponent(load as never, 'Page'),
  });
const signedInPlain = createRoute({
  getParentRoute: () => signedIn,
  id: 'signed-in-plain',
  component: PlainFrame,
});

const organization = createRoute({
  getParentRoute: () => signedIn,
  path: '/o/$organization',
  loader: async ({ context: { client }, params: { organization: slug } }) => {
    // What stands above the page is there with it, so that nothing moves; the page does without it where it fails.
    await Promise.all([client.ensureQueryData(overviewQuery(slug)), client.prefetchQuery(alertsQuery(slug))]);
  },
  component: OrganizationShell,
  notFoundComponent: NotFound,
});
const dashboard = createRoute({
  getParentRoute: () => organization,
  path: '/',
  component: lazyRouteComponent(() => import('./dashboard/dashboard-page.tsx'), 'Page'),
});
const account = createRoute({
  getParentRoute: () => organization,
  path: 'account',
  component: lazyRouteComponent(() => import('./account/account-page.tsx'), 'Page'),
});
const pages = modules.flatMap((module) =>
  module.pages.map((page) =>
    createRoute({ getParentRoute: () => organization, path: page.path, component: pageOf(module, page) }),
  ),
);

const platform = createRoute({
  getParentRoute: () => signedIn,
  path: '/platform',
  component: PlatformShell,
});
const platformPages = Object.entries(import.meta.glob<Record<string, unknown>>('./platform/*-page.tsx')).map(
  ([file, load]) => {
    const name = /([a-z-]+)-page\.tsx$/.exec(file)![1]!;
    return createRoute({
      getParentRoute: () => platform,
      path: name === 'organizations' ? '/' : name,
      component: lazyRouteComponent(load as never, 'Page'),
    });
  },
);

/** The application’s addresses over its query cache. */
export function openRouter(client: QueryClient) {
  const routeTree = root.addChildren([
    plain.addChildren([
      open('/sign-in', () => import('./sign-in/sign-in-page.tsx')),
      open('/sign-up', () => import('./sign-in/sign-up-page.tsx')),
      open('/forgot-password', () => import('./sign-in/forgot-password-page.tsx')),
      open('/reset-password', () => import('./sign-in/reset-password-page.tsx')),
      open('/verify-email', () => import('./sign-in/verify-email-page.tsx')),
      open('/invitations/$token', () => import('./sign-in/invitation-page.tsx')),
    ]),
    signedIn.addChildren([
      start,
      signedInPlain.addChildren([within('/welcome', () => import('./sign-in/welcome-page.tsx'))]),
      organization.addChildren([dashboard, account, ...pages] as AnyRoute[]),
      platform.addChildren(platformPages as AnyRoute[]),
    ]),
  ]);
  return createRouter({
    routeTree,
    context: { client },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultErrorComponent: ({ error, reset }) => <ProblemState error={error} onRetry={reset} />,
  });
}

/** Begins to load the code of the page that the address leads to. */
export function preloadPage(router: ReturnType<typeof openRouter>): void {
  for (const { routeId } of router.matchRoutes(router.latestLocation)) {
    const { component } = router.routesById[routeId]!.options as {
      component?: { preload?: () => Promise<unknown> | undefined };
    };
    component?.preload?.()?.catch(() => {});
  }
}
