import { type ReactNode, useRef } from 'react';
import { useForm } from 'react-hook-form';
import { useAction } from '../../../api/action.ts';
import { useOrganization } from '../../../api/organization.tsx';
import { Button } from '../../../ui/button.tsx';
import { Modal } from '../../../ui/dialog.tsx';
import { Form, FormSelect, FormText } from '../../../ui/form.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { tell } from '../../../ui/toast.tsx';
import { useSubmit } from '../../../ui/use-submit.ts';
import { ROLE_MEANS, type Role, rolesUpTo } from '../roles.ts';

/** Invites somebody by e-mail. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { overview } = useOrganization();
  const key = useRef(crypto.randomUUID());
  const invite = useAction(['invitations'], (api, body: { email: string; role: Role }) =>
    api.POST('/invitations', { body, headers: { 'idempotency-key': key.current } }),
  );
  const form = useForm({ defaultValues: { email: '', role: 'MEMBER' as Role } });
  const { submit, problem } = useSubmit(form, async (values) => {
    await invite.mutateAsync(values);
    tell(`${values.email} is invited`);
    onClose();
  });
  return (
    <Modal
      title="Invite a member"
      description="They get a mail with a link that works for seven days."
      onClose={onClose}
    >
      <Form form={form} onSubmit={submit}>
        <div className="space-y-4">
          <ProblemNotice problem={problem} />
          <FormText form={form} name="email" label="E-mail" type="email" required autoFocus />
          <FormSelect
            form={form}
            name="role"
            label="Role"
            hint={ROLE_MEANS[form.watch('role')]}
            options={rolesUpTo(overview.role)}
          />
        </div>
        <div className="mt-5 flex justify-end gap-2 border-t border-line py-3">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={invite.isPending}>
            Send invitation
          </Button>
        </div>
      </Form>
    </Modal>
  );
}
