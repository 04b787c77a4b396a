import { MailCheck } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { postAuth } from '../../api/auth.ts';
import { asProblem } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { tell, tellProblem } from '../../ui/toast.tsx';
import { SignInFrame } from './frame.tsx';
import { useServerInfo } from './server-info.ts';

/** Says that a mail is on its way, and where it is read in development. */
export function CheckMail(props: {
  readonly email: string;
  /** What its link does: `confirms your address`. */
  readonly what: string;
  readonly again?: string;
}): ReactNode {
  const { email, what, again = '/send-verification-email' } = props;
  const server = useServerInfo();
  const [busy, setBusy] = useState(false);
  const once = async () => {
    setBusy(true);
    try {
      await postAuth(again, { email });
      tell('Sent once more');
    } catch (error) {
      tellProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <SignInFrame title="Look into your mailbox">
      <p className="flex gap-3">
        <MailCheck aria-hidden size={20} className="mt-0.5 shrink-0 text-good" />
        <span>
          We sent a mail to <strong className="break-all">{email}</strong>. Its link {what}; it works for an
          hour.
        </span>
      </p>
      <div className="mt-5 flex flex-wrap gap-2">
        {server?.mailbox && (
          <Button look="primary" asChild>
            <a href={server.mailbox} target="_blank" rel="noreferrer">
              Open the mailbox
            </a>
          </Button>
        )}
        <Button busy={busy} onClick={() => void once()}>
          Send it once more
        </Button>
      </div>
      {server?.mailbox && (
        <p className="mt-3 text-sm text-faint">No mail server is set, so mail is captured on this machine.</p>
      )}
    </SignInFrame>
  );
}
