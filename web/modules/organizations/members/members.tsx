import { UserMinus, UserRoundCog } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useAction } from '../../../api/action.ts';
import type { Model } from '../../../api/client.ts';
import { useOrganization } from '../../../api/organization.tsx';
import { asProblem } from '../../../api/problem.ts';
import { useMe } from '../../../api/session.ts';
import { useView } from '../../../api/view.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Card } from '../../../ui/card.tsx';
import { Confirm } from '../../../ui/confirm.tsx';
import { day, words } from '../../../ui/format.ts';
import { Menu } from '../../../ui/menu.tsx';
import { Loaded } from '../../../ui/states.tsx';
import { Table } from '../../../ui/table.tsx';
import { tell, tellProblem } from '../../../ui/toast.tsx';
import { RoleDialog } from './role-dialog.tsx';

type Member = Model<'MemberView'>;

const TABLES = ['organization_members', 'users', 'organizations'];

/** The members, their roles, and the end of a membership. */
export function Members(): ReactNode {
  const { can } = useOrganization();
  const me = useMe();
  const [changing, setChanging] = useState<Member>();
  const [ending, setEnding] = useState<Member>();
  const members = useView({
    key: ['members'],
    tables: TABLES,
    load: (api, signal) => api.GET('/members', { signal }),
  });
  const end = useAction(TABLES, (api, userId: string) =>
    api.DELETE('/members/{userId}', { params: { path: { userId } } }),
  );
  const onEnd = (member: Member) =>
    end.mutate(member.userId, {
      onSuccess: () => {
        if (member.userId === me.userId) location.assign('/');
        tell('The membership has ended');
      },
      onError: (error) => tellProblem(asProblem(error)),
      onSettled: () => setEnding(undefined),
    });
  const own = ending?.userId === me.userId;
  return (
    <Card title="Members" flush>
      <Loaded of={members}>
        {({ data }) => (
          <Table
            label="Members"
            keyOf={(m) => m.userId}
            rows={data.filter((m) => m.leftAt === null)}
            columns={[
              {
                header: 'Name',
                cell: (m) => (
                  <span className="flex min-w-0 items-center gap-3">
                    <Avatar name={m.name ?? m.email} size="sm" />
                    <span className="min-w-0">
                      <span className="block font-medium">
                        {m.name ?? m.email}
                        {m.userId === me.userId && <span className="font-normal text-faint"> (you)</span>}
                      </span>
                      <span className="block text-sm break-all text-faint">{m.email}</span>
                    </span>
                  </span>
                ),
              },
              { header: 'Role', cell: (m) => words(m.role) },
              { header: 'Since', from: 'md', cell: (m) => day(m.joinedAt) },
              {
                header: '',
                align: 'end',
                cell: (m) => (
                  <Menu
                    label={`More for ${m.name ?? m.email}`}
                    items={[
                      can('members:manage') && {
                        label: 'Role and permissions',
                        icon: UserRoundCog,
                        onSelect: () => setChanging(m),
                      },
                      (can('members:manage') || m.userId === me.userId) && {
                        label: m.userId === me.userId ? 'Leave' : 'Remove',
                        icon: UserMinus,
                        danger: true,
                        onSelect: () => setEnding(m),
                      },
                    ]}
                  />
                ),
              },
            ]}
          />
        )}
      </Loaded>
      {changing && <RoleDialog member={changing} onClose={() => setChanging(undefined)} />}
      {ending && (
        <Confirm
          title={own ? 'Leave the organization?' : `Remove ${ending.name ?? ending.email}?`}
          action={own ? 'Leave' : 'Remove'}
          danger
          busy={end.isPending}
          onClose={() => setEnding(undefined)}
          onConfirm={() => onEnd(ending)}
        >
          {own ? 'You' : 'They'} lose access at once; {own ? 'your' : 'their'} API keys end too. What was
          written stays, under {own ? 'your' : 'their'} name.
        </Confirm>
      )}
    </Card>
  );
}
