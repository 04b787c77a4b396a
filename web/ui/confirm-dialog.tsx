import { AlertDialog } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { Button } from './button.tsx';
import { classes } from './classes.ts';
import type { ConfirmProps } from './confirm.tsx';
import { PANEL } from './dialog.tsx';
import { Field, TextInput } from './field.tsx';

/** Asks before something that cannot be undone. */
export function ConfirmDialog(props: ConfirmProps): ReactNode {
  const { title, children, action, danger = false, busy = false, word, onConfirm, onClose } = props;
  const [typed, setTyped] = useState('');
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <AlertDialog.Content className={classes(PANEL, 'p-5 md:w-[28rem]')}>
          <AlertDialog.Title className="text-lg font-semibold">{title}</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="mt-1 text-soft">{children}</div>
          </AlertDialog.Description>
          {word && (
            <Field label={`Type “${word}” to confirm`} className="mt-4">
              <TextInput value={typed} onChange={setTyped} autoComplete="off" />
            </Field>
          )}
          <div className="mt-5 flex justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button>Cancel</Button>
            </AlertDialog.Cancel>
            <Button
              look={danger ? 'danger' : 'primary'}
              busy={busy}
              disabled={word !== undefined && typed.trim() !== word}
              onClick={onConfirm}
            >
              {action}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
