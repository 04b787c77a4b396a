import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { postAuth } from '../../api/auth.ts';
import { Button } from '../../ui/button.tsx';
import { Form, FormPassword } from '../../ui/form.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { tell } from '../../ui/toast.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { SignInFrame } from './frame.tsx';

/** Sets a new password by the link of a mail. */
export function Page(): ReactNode {
  const { token } = useSearch({ strict: false }) as { token?: string };
  const navigate = useNavigate();
  const form = useForm({ defaultValues: { newPassword: '' } });
  const sending = useSubmit(form, async ({ newPassword }) => {
    await postAuth('/reset-password', { token: String(token), newPassword });
    tell('Your password is set. Sign in with it.');
    await navigate({ to: '/sign-in' as never });
  });
  return (
    <SignInFrame
      title="Set a new password"
      description="All other sessions of yours end."
      below={<PageLink to="/forgot-password">Ask for another link</PageLink>}
    >
      <Form form={form} onSubmit={sending.submit}>
        <div className="space-y-4">
          <ProblemNotice problem={sending.problem} />
          <FormPassword
            form={form}
            name="newPassword"
            label="New password"
            hint="12 characters or more"
            autoComplete="new-password"
            required
          />
          <Button type="submit" look="primary" busy={sending.busy} className="w-full">
            Set password
          </Button>
        </div>
      </Form>
    </SignInFrame>
  );
}
