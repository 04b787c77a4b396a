import { Dialog } from 'radix-ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { postAuth } from '../../api/auth.ts';
import { asProblem } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Field, PasswordInput, TextInput } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';

/** Asks for the password again, over the page as it stands. */
export function SignInAgain(props: { readonly email: string; readonly onBack: () => void }): ReactNode {
  return (
    <Dialog.Root open>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-scrim" />
        <Dialog.Content
          onEscapeKeyDown={(event) => event.preventDefault()}
          className="fixed inset-x-4 top-[12vh] z-50 mx-auto max-w-sm rounded-lg border border-line bg-raised p-5 shadow-pop"
        >
          <Dialog.Title className="text-lg font-semibold">Your session has ended</Dialog.Title>
          <Dialog.Description className="mt-1 text-soft">
            Sign in again to go on. The page stays as it is, with all that you typed.
          </Dialog.Description>
          <Again {...props} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Again({ email, onBack }: { readonly email: string; readonly onBack: () => void }): ReactNode {
  const [step, setStep] = useState<'password' | 'code'>('password');
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setBusy(true);
    setError(undefined);
    try {
      const answer =
        step === 'password'
          ? await postAuth<{ twoFactorRedirect?: boolean }>('/sign-in/email', { email, password: text })
          : await postAuth<{ twoFactorRedirect?: boolean }>('/two-factor/verify-totp', { code: text });
      setText('');
      if (answer.twoFactorRedirect) setStep('code');
      else onBack();
    } catch (thrown) {
      setError(asProblem(thrown).detail);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="mt-4 space-y-3">
      {error && <Notice tone="bad" title={error} />}
      <p className="text-soft">
        Signed in as <span className="font-medium text-ink">{email}</span>
      </p>
      {step === 'password' ? (
        <Field label="Password">
          <PasswordInput value={text} onChange={setText} autoComplete="current-password" autoFocus />
        </Field>
      ) : (
        <Field label="Code of your authenticator">
          <TextInput
            value={text}
            onChange={setText}
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
          />
        </Field>
      )}
      <div className="flex items-center justify-between gap-2">
        <a href="/sign-in" className="text-sm text-soft underline">
          Somebody else
        </a>
        <Button type="submit" look="primary" busy={busy}>
          Sign in
        </Button>
      </div>
    </form>
  );
}
