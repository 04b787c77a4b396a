import { createContext, type ReactNode, use, useMemo } from 'react';
import { type OrganizationApi, organizationApi } from './client.ts';
import type { Overview } from './session.ts';

/** The organization that a page works in. */
export interface Organization {
  readonly slug: string;
  readonly name: string;
  readonly overview: Overview;
  readonly api: OrganizationApi;
  /** Whether the member has the permission, such as `crm:write`. The server decides; this only says what to show. */
  can(permission: string | undefined): boolean;
  /** Whether the plan includes the feature. */
  includes(feature: string | undefined): boolean;
  /** The address of a page: `pathTo('contacts')`. */
  pathTo(page: string): string;
  /** How the organization writes money and times, where the person’s browser does not say. */
  readonly currency: string;
}

export const OrganizationContext = createContext<Organization | undefined>(undefined);

/** Gives the pages below it their organization. */
export function OrganizationProvider(props: {
  readonly overview: Overview;
  readonly children: ReactNode;
}): ReactNode {
  const { overview } = props;
  const value = useMemo(() => organizationOf(overview), [overview]);
  return <OrganizationContext value={value}>{props.children}</OrganizationContext>;
}

function organizationOf(overview: Overview): Organization {
  const permissions = new Set<string>(overview.permissions);
  const features = overview.limits.features as Record<string, boolean>;
  const settings = (overview.settings ?? {}) as { currency?: string };
  return {
    slug: overview.slug,
    name: overview.name,
    overview,
    api: organizationApi(overview.slug),
    can: (permission) => permission === undefined || permissions.has(permission),
    includes: (feature) => feature === undefined || features[feature] === true,
    pathTo: (page) => `/o/${overview.slug}${page ? `/${page}` : ''}`,
    currency: settings.currency ?? 'USD',
  };
}

/** The organization of the page. */
export function useOrganization(): Organization {
  const value = use(OrganizationContext);
  if (!value) throw new Error('This page stands outside an organization.');
  return value;
}
