import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { postAuth } from '../../api/auth.ts';
import { asProblem, type Problem } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { tell } from '../../ui/toast.tsx';
import { SignInFrame } from './frame.tsx';

/** Confirms an address. By a button, since programs that look into mails open every link. */
export function Page(): ReactNode {
  const { token } = useSearch({ strict: false }) as { token?: string };
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const confirm = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await postAuth('/verify-email', { token: String(token) });
      tell('Your address is confirmed. Sign in to go on.');
      await navigate({ to: '/sign-in' as never });
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <SignInFrame
      title="Confirm your address"
      description="One press, and your account is ready."
      below={<PageLink to="/sign-in">Back to sign-in</PageLink>}
    >
      <div className="space-y-4">
        <ProblemNotice problem={problem} />
        <Button look="primary" busy={busy} className="w-full" onClick={() => void confirm()}>
          Confirm
        </Button>
      </div>
    </SignInFrame>
  );
}
