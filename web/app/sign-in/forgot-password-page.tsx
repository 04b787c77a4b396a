import { type ReactNode, useState } from 'react';
import { useForm } from 'react-hook-form';
import { postAuth } from '../../api/auth.ts';
import { Button } from '../../ui/button.tsx';
import { Form, FormText } from '../../ui/form.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { CheckMail } from './check-mail.tsx';
import { SignInFrame } from './frame.tsx';

const ASK = '/request-password-reset';

/** Asks for a link that sets a new password. */
export function Page(): ReactNode {
  const [sent, setSent] = useState<string>();
  const form = useForm({ defaultValues: { email: '' } });
  const sending = useSubmit(form, async ({ email }) => {
    await postAuth(ASK, { email });
    setSent(email);
  });
  if (sent)
    return (
      <CheckMail
        email={sent}
        what="sets a new password, if there is an account of this address"
        again={ASK}
      />
    );
  return (
    <SignInFrame
      title="Forgot your password?"
      description="We send you a link that sets a new one."
      below={<PageLink to="/sign-in">Back to sign-in</PageLink>}
    >
      <Form form={form} onSubmit={sending.submit}>
        <div className="space-y-4">
          <ProblemNotice problem={sending.problem} />
          <FormText
            form={form}
            name="email"
            label="E-mail"
            type="email"
            autoComplete="username"
            required
            autoFocus
          />
          <Button type="submit" look="primary" busy={sending.busy} className="w-full">
            Send the link
          </Button>
        </div>
      </Form>
    </SignInFrame>
  );
}
