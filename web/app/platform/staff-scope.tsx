import { type ReactNode, useMemo } from 'react';
import { openClient } from '../../api/client.ts';
import { type Organization, OrganizationContext } from '../../api/organization.tsx';
import type { Overview } from '../../api/session.ts';

/** Lets the pages of staff use lists and records like those of an organization: past all tenants, by the platform’s door. */
export function StaffScope({ children }: { readonly children: ReactNode }): ReactNode {
  const value = useMemo<Organization>(
    () => ({
      slug: 'platform',
      name: 'Platform',
      overview: {} as Overview,
      api: openClient('/v1/platform'),
      can: () => true,
      includes: () => true,
      pathTo: (page) => `/platform${page ? `/${page}` : ''}`,
      currency: 'USD',
    }),
    [],
  );
  return <OrganizationContext value={value}>{children}</OrganizationContext>;
}
