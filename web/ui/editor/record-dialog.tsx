import { lazy, type ReactNode, Suspense } from 'react';
import type { AnyCollection, RowOf } from '../../api/collection.ts';
import type { Versioned } from '../../api/records.ts';
import type { FieldSpec } from './field-spec.ts';

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

const FormDialog = lazy(() =>
  import('./record-form-dialog.tsx').then((m) => ({ default: m.RecordFormDialog })),
);

/** Makes or changes a record; what that needs is loaded when it is wanted. */
export function RecordDialog<C extends AnyCollection>(props: RecordDialogProps<C>): ReactNode {
  return (
    <Suspense fallback={null}>
      <FormDialog {...(props as unknown as RecordDialogProps<AnyCollection>)} />
    </Suspense>
  );
}
