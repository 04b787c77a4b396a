import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useOrganization } from '../api/organization.tsx';
import { Button } from '../ui/button.tsx';
import { PageLink } from '../ui/page-link.tsx';
import { Empty } from '../ui/states.tsx';

/** A page that the member’s role does not open. */
export function Forbidden({ permission }: { readonly permission: string }): ReactNode {
  const { overview, pathTo } = useOrganization();
  return (
    <Empty
      icon={Lock}
      title="This page is not open to your role"
      action={
        <Button asChild>
          <PageLink to={pathTo('')}>Back to the dashboard</PageLink>
        </Button>
      }
    >
      It needs the permission <code>{permission}</code>, which {overview.role.toLowerCase()}s of{' '}
      {overview.name} do not have. An owner or admin can give it to you.
    </Empty>
  );
}
