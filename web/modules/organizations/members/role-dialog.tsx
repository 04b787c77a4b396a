import { type ReactNode, useState } from 'react';
import { useAction } from '../../../api/action.ts';
import type { Model } from '../../../api/client.ts';
import { useOrganization } from '../../../api/organization.tsx';
import { asProblem, type Problem } from '../../../api/problem.ts';
import { Button } from '../../../ui/button.tsx';
import { Modal } from '../../../ui/dialog.tsx';
import { Checkbox, Field } from '../../../ui/field.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Select } from '../../../ui/select.tsx';
import { tell } from '../../../ui/toast.tsx';
import { ROLE_MEANS, ROLES, type Role, rolesUpTo } from '../roles.ts';

/** Changes what a member may do: the role, and single permissions beside it. */
export function RoleDialog(props: {
  readonly member: Model<'MemberView'>;
  readonly onClose: () => void;
}): ReactNode {
  const { member, onClose } = props;
  const { overview } = useOrganization();
  const [role, setRole] = useState<Role>(member.role);
  const [grant, setGrant] = useState<readonly string[]>(member.permissions.grant);
  const [deny, setDeny] = useState<readonly string[]>(member.permissions.deny);
  const [problem, setProblem] = useState<Problem>();
  const change = useAction(['organization_members'], (api, body: { role: Role; permissions: object }) =>
    api.PATCH('/members/{userId}', { params: { path: { userId: member.userId } }, body }),
  );
  const rank = (r: string) => ROLES.findIndex((one) => one.value === r);
  const byRole = (permission: string) => rank(overview.permissionTable[permission]!) <= rank(role);
  const held = (permission: string) =>
    byRole(permission) ? !deny.includes(permission) : grant.includes(permission);
  const toggle = (permission: string, on: boolean) => {
    const without = (list: readonly string[]) => list.filter((p) => p !== permission);
    setGrant(on && !byRole(permission) ? [...without(grant), permission] : without(grant));
    setDeny(!on && byRole(permission) ? [...without(deny), permission] : without(deny));
  };
  const save = () => {
    setProblem(undefined);
    const useful = { grant: grant.filter((p) => !byRole(p)), deny: deny.filter(byRole) };
    change.mutate(
      { role, permissions: useful },
      {
        onSuccess: () => {
          tell('Saved');
          onClose();
        },
        onError: (error) => setProblem(asProblem(error)),
      },
    );
  };
  return (
    <Modal title="Role and permissions" description={member.name ?? member.email} onClose={onClose}>
      <div className="space-y-4">
        <ProblemNotice problem={problem} />
        <Field label="Role" hint={ROLE_MEANS[role]}>
          <Select
            value={role}
            onChange={(next) => setRole(next as Role)}
            options={rolesUpTo(overview.role)}
          />
        </Field>
        <fieldset disabled={role === 'OWNER'}>
          <legend className="mb-2 text-sm font-medium">
            {role === 'OWNER' ? 'Owners have every permission' : 'Permissions'}
          </legend>
          <div className="grid gap-x-4 gap-y-1.5 sm:grid-cols-2">
            {Object.keys(overview.permissionTable).map((permission) => (
              <Checkbox
                key={permission}
                label={permission}
                checked={role === 'OWNER' || held(permission)}
                disabled={role === 'OWNER'}
                onChange={(on) => toggle(permission, on)}
              />
            ))}
          </div>
        </fieldset>
      </div>
      <div className="sticky bottom-0 mt-5 flex justify-end gap-2 border-t border-line bg-raised py-3">
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" busy={change.isPending} onClick={save}>
          Save
        </Button>
      </div>
    </Modal>
  );
}
