import { type ReactNode, useRef, useState } from 'react';
import type { AnyCollection, RowOf } from '../../api/collection.ts';
import type { Versioned } from '../../api/records.ts';
import { Modal } from '../../ui/dialog.tsx';
import { EditorForm } from '../../ui/editor/editor-form.tsx';
import { type FieldSpec, filledIn, inputOf, type Values, valuesOf } from '../../ui/editor/field-spec.ts';
import { FormSpec } from '../../ui/editor/form-spec.tsx';
import { useEditor } from '../../ui/editor/use-editor.ts';
import { Field, TextInput } from '../../ui/field.tsx';

export interface StaffDialogProps<C extends AnyCollection> {
  readonly collection: C;
  readonly noun: string;
  readonly specs: readonly FieldSpec[];
  readonly record?: Versioned<RowOf<C>> | undefined;
  readonly onClose: () => void;
}

/** Makes or changes what belongs to the platform; each such change has its reason in the log of staff. */
export function StaffDialog<C extends AnyCollection>(props: StaffDialogProps<C>): ReactNode {
  const { collection, noun, specs, record, onClose } = props;
  const [reason, setReason] = useState('');
  const said = useRef(reason);
  said.current = reason;
  const editor = useEditor<C, Values>({
    collection,
    record,
    toValues: (row) => valuesOf(specs, row as Readonly<Record<string, unknown>> | undefined),
    toInput: (values) => (record ? inputOf(specs, values) : filledIn(inputOf(specs, values))),
    headers: () => ({ 'x-reason': encodeURIComponent(said.current) }),
    onSaved: onClose,
  });
  return (
    <Modal title={record ? `Change ${noun}` : `New ${noun}`} onClose={onClose}>
      <EditorForm editor={editor} saveLabel="Save" onCancel={onClose}>
        <FormSpec form={editor.form} specs={specs} />
        <Field label="Reason" hint="Kept in the log of the platform’s staff" required>
          <TextInput value={reason} onChange={setReason} />
        </Field>
      </EditorForm>
    </Modal>
  );
}
