import type { ReactNode } from 'react';
import { useAction } from '../../../api/action.ts';
import { useMemberName } from '../../../api/members.ts';
import { asProblem } from '../../../api/problem.ts';
import { useView } from '../../../api/view.ts';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { words } from '../../../ui/format.ts';
import { Loaded } from '../../../ui/states.tsx';
import { Table } from '../../../ui/table.tsx';
import { Ago } from '../../../ui/time.tsx';
import { tell, tellProblem } from '../../../ui/toast.tsx';

/** Invitations that were not answered yet. */
export function Invitations(): ReactNode {
  const memberName = useMemberName();
  const list = useView({
    key: ['invitations'],
    tables: ['invitations', 'organization_members'],
    load: (api, signal) => api.GET('/invitations', { signal }),
  });
  const revoke = useAction(['invitations'], (api, invitationId: string) =>
    api.DELETE('/invitations/{invitationId}', { params: { path: { invitationId } } }),
  );
  const onRevoke = (id: string) =>
    revoke.mutate(id, {
      onSuccess: () => tell('The invitation is taken back'),
      onError: (error) => tellProblem(asProblem(error)),
    });
  return (
    <Card title="Invitations" flush>
      <Loaded of={list}>
        {({ data }) => {
          const open = data.filter((i) => !i.acceptedAt && !i.revokedAt);
          if (open.length === 0) return <p className="p-4 text-faint">None is open</p>;
          return (
            <Table
              label="Invitations"
              keyOf={(i) => i.id}
              rows={open}
              columns={[
                { header: 'E-mail', cell: (i) => <span className="break-all">{i.email}</span> },
                { header: 'Role', cell: (i) => words(i.role) },
                { header: 'By', from: 'md', cell: (i) => memberName(i.invitedBy) },
                { header: 'Ends', from: 'md', cell: (i) => <Ago at={i.expiresAt} /> },
                {
                  header: '',
                  align: 'end',
                  cell: (i) => (
                    <Button size="sm" onClick={() => onRevoke(i.id)} disabled={revoke.isPending}>
                      Take back
                    </Button>
                  ),
                },
              ]}
            />
          );
        }}
      </Loaded>
    </Card>
  );
}
