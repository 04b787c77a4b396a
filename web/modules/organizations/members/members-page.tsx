import { UserRoundPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useOrganization } from '../../../api/organization.tsx';
import { Button } from '../../../ui/button.tsx';
import { Page as PageFrame } from '../../../ui/page.tsx';
import { useSearchFlag } from '../../../ui/search-flag.ts';
import { Invitations } from './invitations.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { Members } from './members.tsx';

/** Who works in the organization, and who is invited to. */
export function Page(): ReactNode {
  const { can, overview } = useOrganization();
  const [inviting, setInviting] = useSearchFlag('invite');
  const seats = overview.limits.seats as number | null;
  const mayInvite = can('members:invite');
  return (
    <PageFrame
      title="Members"
      description={`${overview.usage.seats} of ${seats ?? 'any number of'} seats taken`}
      actions={
        mayInvite && (
          <Button look="primary" icon={UserRoundPlus} onClick={() => setInviting(true)}>
            Invite
          </Button>
        )
      }
    >
      <div className="max-w-5xl space-y-4">
        <Members />
        {mayInvite && <Invitations />}
      </div>
      {inviting && mayInvite && <InviteDialog onClose={() => setInviting(false)} />}
    </PageFrame>
  );
}
