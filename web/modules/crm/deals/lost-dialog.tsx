import { type ReactNode, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Modal } from '../../../ui/dialog.tsx';
import { Field, TextArea } from '../../../ui/field.tsx';

/** Asks why a deal was lost, which is worth knowing later. */
export function LostDialog(props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly onLost: (reason: string) => void;
}): ReactNode {
  const [reason, setReason] = useState('');
  return (
    <Modal title="Why was it lost?" description={props.title} onClose={props.onClose}>
      <form
        className="space-y-4 pb-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim()) props.onLost(reason.trim());
        }}
      >
        <Field label="Reason" required>
          <TextArea value={reason} onChange={setReason} autoFocus />
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={props.onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={reason.trim() === ''}>
            Mark as lost
          </Button>
        </div>
      </form>
    </Modal>
  );
}
