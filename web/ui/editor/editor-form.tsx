import type { ReactNode } from 'react';
import type { FieldValues } from 'react-hook-form';
import { Button } from '../button.tsx';
import { Form } from '../form.tsx';
import { words } from '../format.ts';
import { ProblemNotice } from '../problem-notice.tsx';
import { ConflictPanel } from './conflict-panel.tsx';
import type { Editor } from './use-editor.ts';

export interface EditorFormProps<V extends FieldValues> {
  readonly editor: Editor<V>;
  readonly saveLabel: string;
  readonly onCancel: () => void;
  /** Names of fields where they differ from what the code calls them. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly children: ReactNode;
}

/** The frame of a form over a record: its fields, what was refused, what others changed, save and cancel. */
export function EditorForm<V extends FieldValues>(props: EditorFormProps<V>): ReactNode {
  const { editor, saveLabel, onCancel, labels = {}, children } = props;
  const { form, problem, conflicts } = editor;
  const labelOf = (field: string) => labels[field] ?? words(field.replace(/[A-Z]/g, (c) => `_${c}`));
  return (
    <Form form={form} onSubmit={editor.save}>
      <div className="space-y-4">
        <ProblemNotice problem={problem} />
        <ConflictPanel conflicts={conflicts} labelOf={labelOf} onDecide={editor.decide} />
        {children}
      </div>
      <div className="sticky bottom-0 -mx-4 mt-5 flex justify-end gap-2 border-t border-line bg-raised px-4 py-3 md:-mx-5 md:px-5">
        <Button
          onClick={() => {
            editor.discard();
            onCancel();
          }}
        >
          Cancel
        </Button>
        <Button type="submit" look="primary" busy={editor.saving} disabled={conflicts.length > 0}>
          {saveLabel}
        </Button>
      </div>
    </Form>
  );
}
