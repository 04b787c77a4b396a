import { UserPlus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useForm } from 'react-hook-form';
import type { Model } from '../../api/client.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Modal } from '../../ui/dialog.tsx';
import { Checkbox } from '../../ui/field.tsx';
import { Form, FormSelect, FormText } from '../../ui/form.tsx';
import { words } from '../../ui/format.ts';
import { Menu } from '../../ui/menu.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Table } from '../../ui/table.tsx';
import { tell } from '../../ui/toast.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { type LoopOverview, useLoopAction } from './use-loop.ts';
import { PARTY_ROLES, type Party } from './words.ts';

type Right = 'VIEW' | 'UPLOAD' | 'SIGN';
const RIGHTS: readonly Right[] = ['VIEW', 'UPLOAD', 'SIGN'];

/** Who takes part. */
export function PartiesTab(props: { readonly shown: LoopOverview; readonly mayWrite: boolean }): ReactNode {
  const { shown, mayWrite } = props;
  const [inviting, setInviting] = useState(false);
  const [removing, setRemoving] = useState<Party>();
  const remove = useLoopAction((api, partyId: string) =>
    api.POST('/parties/{partyId}/remove', { params: { path: { partyId } } }),
  );
  const join = useLoopAction((api, partyId: string) =>
    api.POST('/parties/{partyId}/join', { params: { path: { partyId } } }),
  );
  return (
    <Card
      title="Parties"
      flush
      actions={
        mayWrite && (
          <Button size="sm" icon={UserPlus} onClick={() => setInviting(true)}>
            Add a party
          </Button>
        )
      }
    >
      {shown.parties.length === 0 ? (
        <p className="p-4 text-faint">None yet</p>
      ) : (
        <Table
          label="Parties"
          keyOf={(p) => p.id}
          rows={shown.parties}
          columns={[
            {
              header: 'Name',
              cell: (p) => (
                <>
                  <span className="block font-medium">{p.name}</span>
                  <span className="block text-sm break-all text-faint">{p.email}</span>
                </>
              ),
            },
            { header: 'Role', cell: (p) => words(p.role) },
            {
              header: 'May',
              from: 'md',
              cell: (p) => p.permissions.map((r) => words(String(r)).toLowerCase()).join(', '),
            },
            {
              header: 'State',
              from: 'md',
              cell: (p) => <Badge>{p.joinedAt === null ? 'Invited' : words(p.status)}</Badge>,
            },
            {
              header: '',
              align: 'end',
              cell: (p) =>
                mayWrite && (
                  <Menu
                    label={`More for ${p.name}`}
                    items={[
                      p.joinedAt === null && {
                        label: 'Has joined',
                        onSelect: () => join.start(p.id, () => tell(`${p.name} has joined`)),
                      },
                      { label: 'Remove', danger: true, onSelect: () => setRemoving(p) },
                    ]}
                  />
                ),
            },
          ]}
        />
      )}
      {inviting && <PartyDialog loopId={shown.loop.id} onClose={() => setInviting(false)} />}
      {removing && (
        <Confirm
          title={`Remove ${removing.name}?`}
          action="Remove"
          danger
          busy={remove.busy}
          onClose={() => setRemoving(undefined)}
          onConfirm={() => {
            remove.start(removing.id, () => tell('Removed'));
            setRemoving(undefined);
          }}
        >
          What was signed stays. Adding the same address again brings the party back.
        </Confirm>
      )}
    </Card>
  );
}

function PartyDialog(props: { readonly loopId: string; readonly onClose: () => void }): ReactNode {
  const { loopId, onClose } = props;
  const [rights, setRights] = useState<readonly Right[]>(['VIEW']);
  const invite = useLoopAction(
    (
      api,
      body: {
        name: string;
        email: string;
        phone: string | null;
        role: Model<'PartyRole'>;
        permissions: Right[];
      },
    ) => api.POST('/loops/{loopId}/parties', { params: { path: { loopId } }, body }),
  );
  const form = useForm({
    defaultValues: { name: '', email: '', phone: '', role: 'BUYER' as Model<'PartyRole'> },
  });
  const { submit, problem } = useSubmit(form, async (values) => {
    await invite.send({ ...values, phone: values.phone || null, permissions: [...rights] });
    tell(`${values.name} takes part`);
    onClose();
  });
  return (
    <Modal title="Add a party" onClose={onClose}>
      <Form form={form} onSubmit={submit}>
        <div className="space-y-4">
          <ProblemNotice problem={problem} />
          <FormText form={form} name="name" label="Name" required autoFocus />
          <div className="grid gap-4 sm:grid-cols-2">
            <FormText form={form} name="email" label="E-mail" type="email" required />
            <FormText form={form} name="phone" label="Phone" type="tel" />
          </div>
          <FormSelect form={form} name="role" label="Role" options={PARTY_ROLES} />
          <fieldset>
            <legend className="mb-1.5 text-sm font-medium">May</legend>
            <div className="flex flex-wrap gap-4">
              {RIGHTS.map((right) => (
                <Checkbox
                  key={right}
                  label={words(right)}
                  checked={rights.includes(right)}
                  onChange={(on) => setRights(on ? [...rights, right] : rights.filter((r) => r !== right))}
                />
              ))}
            </div>
          </fieldset>
        </div>
        <div className="mt-5 flex justify-end gap-2 border-t border-line py-3">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={invite.busy}>
            Add party
          </Button>
        </div>
      </Form>
    </Modal>
  );
}
