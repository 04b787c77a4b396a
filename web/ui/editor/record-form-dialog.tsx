import type { ReactNode } from 'react';
import type { AnyCollection } from '../../api/collection.ts';
import { Modal } from '../dialog.tsx';
import { EditorForm } from './editor-form.tsx';
import { filledIn, inputOf, type Values, valuesOf } from './field-spec.ts';
import { FormSpec } from './form-spec.tsx';
import type { RecordDialogProps } from './record-dialog.tsx';
import { useEditor } from './use-editor.ts';

/** The form of a record in a dialog. */
export function RecordFormDialog<C extends AnyCollection>(props: RecordDialogProps<C>): ReactNode {
  const { collection, noun, specs, record, fixed, onClose, onSaved } = props;
  const editor = useEditor<C, Values>({
    collection,
    record,
    toValues: (row) => valuesOf(specs, row as Readonly<Record<string, unknown>> | undefined),
    toInput: (values) => {
      const input = inputOf(specs, values);
      return record ? input : { ...filledIn(input), ...fixed };
    },
    onSaved: (saved) => {
      onClose();
      onSaved?.(saved);
    },
  });
  const labels = Object.fromEntries(specs.map((s) => [s.name, s.label]));
  return (
    <Modal title={record ? `Change ${noun}` : `New ${noun}`} onClose={onClose}>
      <EditorForm
        editor={editor}
        saveLabel={record ? 'Save' : `Add ${noun}`}
        onCancel={onClose}
        labels={labels}
      >
        <FormSpec form={editor.form} specs={specs} />
      </EditorForm>
    </Modal>
  );
}
