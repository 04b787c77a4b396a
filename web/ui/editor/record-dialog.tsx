import type { ReactNode } from 'react';
import type { AnyCollection, RowOf } from '../../api/collection.ts';
import type { Versioned } from '../../api/records.ts';
import { Modal } from '../dialog.tsx';
import { EditorForm } from './editor-form.tsx';
import { type FieldSpec, filledIn, inputOf, type Values, valuesOf } from './field-spec.ts';
import { FormSpec } from './form-spec.tsx';
import { useEditor } from './use-editor.ts';

export interface RecordDialogProps<C extends AnyCollection> {
  readonly collection: C;
  /** What one is called, in small letters: `contact`. */
  readonly noun: string;
  readonly specs: readonly FieldSpec[];
  /** The record that is changed; none makes a new one. */
  readonly record?: Versioned<RowOf<C>> | undefined;
  /** Fields of a new record that the form does not show, such as what it belongs to. */
  readonly fixed?: Readonly<Record<string, unknown>>;
  readonly onClose: () => void;
  readonly onSaved?: (saved: Versioned<RowOf<C>>) => void;
}

/** Makes or changes a record. */
export function RecordDialog<C extends AnyCollection>(props: RecordDialogProps<C>): ReactNode {
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
