import type { ReactNode } from 'react';
import type { Model } from '../../../api/client.ts';
import type { Versioned } from '../../../api/records.ts';
import { Modal } from '../../../ui/dialog.tsx';
import { EditorForm } from '../../../ui/editor/editor-form.tsx';
import { FormMember } from '../../../ui/editor/form-member.tsx';
import { useEditor } from '../../../ui/editor/use-editor.ts';
import { FormSelect, FormTags, FormText, FormTextArea } from '../../../ui/form.tsx';
import { type Contact, contacts } from '../collections.ts';
import { STATUSES, TYPES } from './contact-words.ts';

export interface ContactDialogProps {
  /** The contact that is changed; none makes a new one. */
  readonly contact?: Versioned<Contact> | undefined;
  readonly onClose: () => void;
  readonly onSaved?: (saved: Versioned<Contact>) => void;
}

interface Values {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly company: string;
  readonly position: string;
  readonly type: Model<'ContactType'>;
  readonly status: Model<'ContactStatus'>;
  readonly assignedToId: string;
  readonly tags: readonly string[];
  readonly notes: string;
}

const valuesOf = (row: Contact | undefined): Values => ({
  name: row?.name ?? '',
  email: row?.email ?? '',
  phone: row?.phone ?? '',
  company: row?.company ?? '',
  position: row?.position ?? '',
  type: row?.type ?? 'PROSPECT',
  status: row?.status ?? 'ACTIVE',
  assignedToId: row?.assignedToId ?? '',
  tags: row?.tags ?? [],
  notes: row?.notes ?? '',
});

/** Empty text is no value. */
const inputOf = (values: Values) =>
  Object.fromEntries(Object.entries(values).map(([field, value]) => [field, value === '' ? null : value]));

/** Makes or changes a contact. */
export function ContactDialog({ contact, onClose, onSaved }: ContactDialogProps): ReactNode {
  const editor = useEditor<typeof contacts, Values>({
    collection: contacts,
    record: contact,
    toValues: valuesOf,
    toInput: inputOf,
    onSaved: (saved) => {
      onClose();
      onSaved?.(saved);
    },
  });
  const { form } = editor;
  return (
    <Modal title={contact ? 'Change contact' : 'New contact'} onClose={onClose}>
      <EditorForm editor={editor} saveLabel={contact ? 'Save' : 'Add contact'} onCancel={onClose}>
        <FormText form={form} name="name" label="Name" required autoFocus />
        <div className="grid gap-4 sm:grid-cols-2">
          <FormText form={form} name="email" label="E-mail" type="email" />
          <FormText form={form} name="phone" label="Phone" type="tel" />
          <FormText form={form} name="company" label="Company" />
          <FormText form={form} name="position" label="Position" />
          <FormSelect form={form} name="type" label="Type" options={TYPES} />
          <FormSelect form={form} name="status" label="Status" options={STATUSES} />
        </div>
        <FormMember form={form} name="assignedToId" label="Agent" />
        <FormTags form={form} name="tags" label="Tags" />
        <FormTextArea form={form} name="notes" label="Notes" />
      </EditorForm>
    </Modal>
  );
}
