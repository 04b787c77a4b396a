import { useSuspenseQuery } from '@tanstack/react-query';
import { Outlet, useParams } from '@tanstack/react-router';
import { Lock } from 'lucide-react';
import { type ReactNode, Suspense, useEffect } from 'react';
import { useLive } from '../../api/live.ts';
import { OrganizationProvider } from '../../api/organization.tsx';
import { overviewQuery, useMe } from '../../api/session.ts';
import { Empty, SkeletonRows } from '../../ui/states.tsx';
import { StaffScope } from '../platform/staff-scope.tsx';
import { rememberOrganization } from '../preferences.ts';
import { Frame } from './frame.tsx';
import { organizationNavigation, platformNavigation } from './navigation.ts';
import { OrganizationSwitch } from './organization-switch.tsx';

/** Around the pages of an organization. */
export function OrganizationShell(): ReactNode {
  const { organization: slug } = useParams({ strict: false }) as { organization: string };
  const { data: overview } = useSuspenseQuery(overviewQuery(slug));
  useLive(slug);
  useEffect(() => rememberOrganization(slug), [slug]);
  return (
    <OrganizationProvider overview={overview}>
      <Frame
        key={slug}
        navigation={organizationNavigation(overview)}
        switcher={<OrganizationSwitch name={overview.name} slug={slug} />}
        organization={overview}
      >
        <Suspense fallback={<SkeletonRows rows={10} />}>
          <Outlet />
        </Suspense>
      </Frame>
    </OrganizationProvider>
  );
}

/** Around the pages of the platform’s staff. */
export function PlatformShell(): ReactNode {
  const { platformRole } = useMe();
  return (
    <StaffScope>
      <Frame navigation={platformNavigation()} switcher={<OrganizationSwitch name="Platform" slug="" />}>
        {platformRole === 'EMPLOYEE' ? (
          <Empty icon={Lock} title="This is for the platform’s staff" />
        ) : (
          <Suspense fallback={<SkeletonRows rows={10} />}>
            <Outlet />
          </Suspense>
        )}
      </Frame>
    </StaffScope>
  );
}
