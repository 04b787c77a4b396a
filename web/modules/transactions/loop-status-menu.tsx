import { ChevronDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { asProblem, type Problem } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Modal } from '../../ui/dialog.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { words } from '../../ui/format.ts';
import { Menu } from '../../ui/menu.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { tell } from '../../ui/toast.tsx';
import { useLoopAction } from './use-loop.ts';
import { type Loop, type LoopStatus, STATUSES } from './words.ts';

/** Moves a transaction on. Closing asks for its day, cancelling for a reason; the server says what stands in the way. */
export function LoopStatusMenu({ loop }: { readonly loop: Loop }): ReactNode {
  const [asking, setAsking] = useState<LoopStatus>();
  const move = useMove(loop);
  const onMove = (status: LoopStatus) => {
    if (status === 'CLOSED' || status === 'CANCELLED') setAsking(status);
    else move.start({ status }, () => tell(words(status)));
  };
  return (
    <>
      <Menu
        label="Change the status"
        trigger={
          <Button busy={move.busy}>
            Status <ChevronDown aria-hidden size={15} />
          </Button>
        }
        items={STATUSES.filter((s) => s.value !== loop.status).map((s) => ({
          label: s.label,
          onSelect: () => onMove(s.value),
        }))}
      />
      {asking && <EndDialog loop={loop} status={asking} onClose={() => setAsking(undefined)} />}
    </>
  );
}

interface Move {
  readonly status: LoopStatus;
  readonly actualClosing?: string;
  readonly reason?: string;
}

const useMove = (loop: Loop) =>
  useLoopAction((api, body: Move) =>
    api.POST('/loops/{loopId}/status', { params: { path: { loopId: loop.id } }, body }),
  );

function EndDialog(props: {
  readonly loop: Loop;
  readonly status: LoopStatus;
  readonly onClose: () => void;
}): ReactNode {
  const { loop, status, onClose } = props;
  const closes = status === 'CLOSED';
  const [text, setText] = useState(closes ? new Date().toISOString().slice(0, 10) : '');
  const [problem, setProblem] = useState<Problem>();
  const move = useMove(loop);
  const submit = async () => {
    setProblem(undefined);
    try {
      await move.send({ status, ...(closes ? { actualClosing: text } : { reason: text }) });
      tell(words(status));
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <Modal title={closes ? 'Close the transaction' : 'Cancel the transaction'} onClose={onClose}>
      <form
        className="space-y-4 pb-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <ProblemNotice problem={problem} />
        <Field label={closes ? 'Day of closing' : 'Reason'} required>
          <TextInput value={text} onChange={setText} type={closes ? 'date' : 'text'} autoFocus />
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Not now</Button>
          <Button
            type="submit"
            look={closes ? 'primary' : 'danger'}
            busy={move.busy}
            disabled={text.trim() === ''}
          >
            {closes ? 'Close it' : 'Cancel it'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
