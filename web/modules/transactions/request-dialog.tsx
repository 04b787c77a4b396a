import { type ReactNode, useState } from 'react';
import { useForm } from 'react-hook-form';
import { Button } from '../../ui/button.tsx';
import { Modal } from '../../ui/dialog.tsx';
import { Checkbox } from '../../ui/field.tsx';
import { Form, FormDate, FormSelect, FormText, FormTextArea } from '../../ui/form.tsx';
import { words } from '../../ui/format.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { tell } from '../../ui/toast.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { type LoopOverview, useLoopAction } from './use-loop.ts';

const ORDERS = [
  { value: 'SEQUENTIAL', label: 'One after the other, as listed' },
  { value: 'PARALLEL', label: 'All at once' },
];

interface Request {
  readonly title: string;
  readonly message: string | null;
  readonly signingOrder: 'SEQUENTIAL' | 'PARALLEL';
  readonly expiresAt: string | null;
  readonly documentIds: string[];
  readonly signers: { partyId: string; position: number }[];
}

/** Asks parties to sign documents. */
export function RequestDialog(props: {
  readonly shown: LoopOverview;
  readonly onClose: () => void;
}): ReactNode {
  const { shown, onClose } = props;
  const [documents, setDocuments] = useState<readonly string[]>([]);
  const [signers, setSigners] = useState<readonly string[]>([]);
  const create = useLoopAction((api, body: Request) =>
    api.POST('/loops/{loopId}/signature-requests', { params: { path: { loopId: shown.loop.id } }, body }),
  );
  const send = useLoopAction((api, requestId: string) =>
    api.POST('/signature-requests/{requestId}/send', { params: { path: { requestId } } }),
  );
  const form = useForm({
    defaultValues: { title: '', message: '', signingOrder: 'SEQUENTIAL', expiresAt: '' },
  });
  const { submit, problem } = useSubmit(form, async (values) => {
    const made = await create.send({
      title: values.title,
      message: values.message || null,
      signingOrder: values.signingOrder as Request['signingOrder'],
      expiresAt: values.expiresAt ? new Date(`${values.expiresAt}T23:59:59`).toISOString() : null,
      documentIds: [...documents],
      signers: signers.map((partyId, i) => ({ partyId, position: i + 1 })),
    });
    await send.send(made.id);
    tell('The parties are asked');
    onClose();
  });
  const toggle = (list: readonly string[], id: string, on: boolean) =>
    on ? [...list, id] : list.filter((one) => one !== id);
  const may = shown.parties.filter((p) => p.permissions.includes('SIGN') && p.status === 'ACTIVE');
  return (
    <Modal title="Ask for signatures" onClose={onClose}>
      <Form form={form} onSubmit={submit}>
        <div className="space-y-4">
          <ProblemNotice problem={problem} />
          <FormText form={form} name="title" label="Title" required autoFocus />
          <fieldset>
            <legend className="mb-1.5 text-sm font-medium">Documents</legend>
            {shown.documents.length === 0 && <p className="text-faint">Add documents first.</p>}
            <div className="space-y-1.5">
              {shown.documents
                .filter((d) => d.status !== 'ARCHIVED')
                .map((d) => (
                  <Checkbox
                    key={d.id}
                    label={d.filename}
                    checked={documents.includes(d.id)}
                    onChange={(on) => setDocuments(toggle(documents, d.id, on))}
                  />
                ))}
            </div>
          </fieldset>
          <fieldset>
            <legend className="mb-1.5 text-sm font-medium">
              Signers, in the order in which you choose them
            </legend>
            {may.length === 0 && <p className="text-faint">Add parties who may sign first.</p>}
            <div className="space-y-1.5">
              {may.map((p) => (
                <Checkbox
                  key={p.id}
                  label={`${signers.includes(p.id) ? `${signers.indexOf(p.id) + 1}. ` : ''}${p.name}, ${words(p.role).toLowerCase()}`}
                  checked={signers.includes(p.id)}
                  onChange={(on) => setSigners(toggle(signers, p.id, on))}
                />
              ))}
            </div>
          </fieldset>
          <FormSelect form={form} name="signingOrder" label="Order" options={ORDERS} />
          <FormDate form={form} name="expiresAt" label="Until" hint="Empty: without end" />
          <FormTextArea form={form} name="message" label="Message" rows={2} />
        </div>
        <div className="mt-5 flex justify-end gap-2 border-t border-line py-3">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            look="primary"
            busy={create.busy || send.busy}
            disabled={documents.length === 0 || signers.length === 0}
          >
            Ask
          </Button>
        </div>
      </Form>
    </Modal>
  );
}
