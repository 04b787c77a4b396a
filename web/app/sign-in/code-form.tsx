import { type ReactNode, useState } from 'react';
import { useForm } from 'react-hook-form';
import { postAuth } from '../../api/auth.ts';
import { Button } from '../../ui/button.tsx';
import { Form, FormText } from '../../ui/form.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { SignInFrame } from './frame.tsx';

/** The second factor of a sign-in: a code of the authenticator, or one of the backup codes. */
export function CodeForm(props: { readonly onDone: () => void; readonly onBack: () => void }): ReactNode {
  const [backup, setBackup] = useState(false);
  const form = useForm({ defaultValues: { code: '' } });
  const sending = useSubmit(form, async ({ code }) => {
    await postAuth(backup ? '/two-factor/verify-backup-code' : '/two-factor/verify-totp', {
      code: code.trim(),
    });
    props.onDone();
  });
  return (
    <SignInFrame
      title="Second step"
      description={
        backup
          ? 'Type one of your backup codes. Each works once.'
          : 'Type the six digits that your authenticator shows.'
      }
    >
      <Form form={form} onSubmit={sending.submit}>
        <div className="space-y-4">
          <ProblemNotice problem={sending.problem} />
          <FormText
            form={form}
            name="code"
            label={backup ? 'Backup code' : 'Code'}
            inputMode={backup ? 'text' : 'numeric'}
            autoComplete="one-time-code"
            required
            autoFocus
          />
          <Button type="submit" look="primary" busy={sending.busy} className="w-full">
            Go on
          </Button>
          <div className="flex justify-between text-sm">
            <Button look="quiet" size="sm" onClick={props.onBack}>
              Back
            </Button>
            <Button look="quiet" size="sm" onClick={() => setBackup(!backup)}>
              {backup ? 'Use the authenticator' : 'Use a backup code'}
            </Button>
          </div>
        </div>
      </Form>
    </SignInFrame>
  );
}
