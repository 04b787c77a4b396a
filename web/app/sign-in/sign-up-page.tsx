import { useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useForm } from 'react-hook-form';
import { postAuth } from '../../api/auth.ts';
import { Button } from '../../ui/button.tsx';
import { Form, FormPassword, FormText } from '../../ui/form.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { CheckMail } from './check-mail.tsx';
import { SignInFrame } from './frame.tsx';

/** A new account with an organization of its own, or, by an invitation, a place in another. */
export function Page(): ReactNode {
  const { invitation, email = '' } = useSearch({ strict: false }) as { invitation?: string; email?: string };
  const [sent, setSent] = useState<string>();
  const form = useForm({ defaultValues: { name: '', email, password: '', organizationName: '' } });
  const sending = useSubmit(form, async ({ organizationName, ...values }) => {
    await postAuth('/sign-up/email', { ...values, ...(invitation ? { invitation } : { organizationName }) });
    setSent(values.email);
  });
  if (sent) return <CheckMail email={sent} what="confirms your address" />;
  return (
    <SignInFrame
      title="Create an account"
      description={invitation ? 'To accept the invitation.' : 'With an organization that is yours.'}
      below={
        <>
          Have one already? <PageLink to={`/sign-in${location.search}`}>Sign in</PageLink>
        </>
      }
    >
      <Form form={form} onSubmit={sending.submit}>
        <div className="space-y-4">
          <ProblemNotice problem={sending.problem} />
          <FormText form={form} name="name" label="Your name" autoComplete="name" required autoFocus />
          <FormText form={form} name="email" label="E-mail" type="email" autoComplete="username" required />
          <FormPassword
            form={form}
            name="password"
            label="Password"
            hint="12 characters or more"
            autoComplete="new-password"
            required
          />
          {!invitation && (
            <FormText
              form={form}
              name="organizationName"
              label="Organization"
              hint="Your brokerage or team. You can invite others afterwards."
              autoComplete="organization"
              required
            />
          )}
          <Button type="submit" look="primary" busy={sending.busy} className="w-full">
            Create account
          </Button>
        </div>
      </Form>
    </SignInFrame>
  );
}
