import { type ReactNode, useState } from 'react';
import type { Model } from '../../api/client.ts';
import { useOrganization } from '../../api/organization.tsx';
import { asProblem, type Problem } from '../../api/problem.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Modal } from '../../ui/dialog.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { moment, words } from '../../ui/format.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { tell } from '../../ui/toast.tsx';
import { type LoopOverview, useLoopAction } from './use-loop.ts';

const TONES = { SIGNED: 'good', DECLINED: 'bad', EXPIRED: 'neutral' } as const;

/** One signature of a request: who, on what, and how it stands. Whoever is in front of the screen may sign it here. */
export function SignatureRow(props: {
  readonly mark: Model<'DocumentSignature'>;
  readonly shown: LoopOverview;
}): ReactNode {
  const { mark, shown } = props;
  const { can } = useOrganization();
  const [signing, setSigning] = useState(false);
  const signer = shown.parties.find((p) => p.id === mark.signerId);
  const document = shown.documents.find((d) => d.id === mark.documentId);
  const open = ['SENT', 'VIEWED'].includes(mark.status);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5">
      <span className="tabular w-6 text-faint">{mark.signingPosition}.</span>
      <span className="min-w-0 flex-1 basis-48">
        <span className="block font-medium">{signer?.name ?? 'Former party'}</span>
        <span className="block text-sm break-all text-faint">{document?.filename}</span>
      </span>
      {mark.signedAt && <span className="text-sm text-faint">{moment(mark.signedAt)}</span>}
      {mark.declineReason && <span className="text-sm text-soft">“{mark.declineReason}”</span>}
      <Badge tone={TONES[mark.status as keyof typeof TONES] ?? 'info'}>{words(mark.status)}</Badge>
      {open && can('transactions:read') && (
        <Button size="sm" onClick={() => setSigning(true)}>
          Sign here
        </Button>
      )}
      {signing && signer && (
        <SignDialog
          mark={mark}
          name={signer.name}
          file={document?.filename ?? ''}
          onClose={() => setSigning(false)}
        />
      )}
    </li>
  );
}

function SignDialog(props: {
  readonly mark: Model<'DocumentSignature'>;
  readonly name: string;
  readonly file: string;
  readonly onClose: () => void;
}): ReactNode {
  const { mark, name, file, onClose } = props;
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const path = { signatureId: mark.id };
  const sign = useLoopAction((api, typedName: string) =>
    api.POST('/signatures/{signatureId}/sign', {
      params: { path },
      body: { signerId: mark.signerId, typedName },
    }),
  );
  const decline = useLoopAction((api, why: string) =>
    api.POST('/signatures/{signatureId}/decline', {
      params: { path },
      body: { signerId: mark.signerId, reason: why },
    }),
  );
  const act = async (work: Promise<unknown>, done: string) => {
    setProblem(undefined);
    try {
      await work;
      tell(done);
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <Modal title="Sign" description={`${name}, on ${file}`} onClose={onClose}>
      <div className="space-y-4 pb-4">
        <ProblemNotice problem={problem} />
        <Field label={`Type “${name}” to sign`} required>
          <TextInput
            value={typed}
            onChange={setTyped}
            autoComplete="off"
            autoFocus
            className="font-medium italic"
          />
        </Field>
        <div className="flex justify-end">
          <Button
            look="primary"
            busy={sign.busy}
            disabled={typed.trim() === ''}
            onClick={() => void act(sign.send(typed.trim()), 'Signed')}
          >
            Sign
          </Button>
        </div>
        <div className="border-t border-line pt-4">
          <Field label="Or decline, with a reason">
            <TextInput value={reason} onChange={setReason} />
          </Field>
          <div className="mt-3 flex justify-end">
            <Button
              look="danger"
              busy={decline.busy}
              disabled={reason.trim() === ''}
              onClick={() => void act(decline.send(reason.trim()), 'Declined')}
            >
              Decline
            </Button>
          </div>
        </div>
      </div>
    </Modal>
  );
}
