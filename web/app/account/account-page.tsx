import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { getAuth, postAuth } from '../../api/auth.ts';
import { collection } from '../../api/collection.ts';
import { useChange } from '../../api/records.ts';
import { meQuery, useMe } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Form, FormPassword, FormText } from '../../ui/form.tsx';
import { Page as PageFrame } from '../../ui/page.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Loaded } from '../../ui/states.tsx';
import { tell } from '../../ui/toast.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { SecondFactor } from './second-factor.tsx';
import { Sessions } from './sessions.tsx';

const users = collection<'User'>('users');

/** The signed-in person’s own account: name, address, password, second factor, sessions. */
export function Page(): ReactNode {
  const session = useQuery({
    queryKey: ['session'],
    queryFn: () => getAuth<{ user: { twoFactorEnabled: boolean } }>('/get-session'),
  });
  return (
    <PageFrame title="Your account">
      <div className="grid max-w-5xl items-start gap-4 lg:grid-cols-2">
        <Name />
        <Email />
        <Password />
        <Card title="Second factor">
          <Loaded of={session}>{({ user }) => <SecondFactor enabled={user.twoFactorEnabled} />}</Loaded>
        </Card>
        <Sessions />
      </div>
    </PageFrame>
  );
}

function Name(): ReactNode {
  const me = useMe();
  const client = useQueryClient();
  const change = useChange(users);
  const form = useForm({ defaultValues: { name: me.name ?? '' } });
  const { submit, problem, busy } = useSubmit(form, async (changes) => {
    await change.mutateAsync({ id: me.userId, changes });
    await client.invalidateQueries({ queryKey: meQuery.queryKey });
    tell('Saved');
  });
  return (
    <Card title="Name">
      <Form form={form} onSubmit={submit}>
        <div className="space-y-4">
          <ProblemNotice problem={problem} />
          <FormText form={form} name="name" label="Your name" autoComplete="name" required />
          <Button type="submit" busy={busy}>
            Save
          </Button>
        </div>
      </Form>
    </Card>
  );
}

function Email(): ReactNode {
  const me = useMe();
  const form = useForm({ defaultValues: { newEmail: '' } });
  const { submit, problem, busy } = useSubmit(form, async (values) => {
    await postAuth('/change-email', values);
    form.reset();
    tell('A mail is on its way to your present address');
  });
  return (
    <Card title="E-mail">
      <Form form={form} onSubmit={submit}>
        <div className="space-y-4">
          <ProblemNotice problem={problem} />
          <p>
            Now: <strong className="break-all">{me.email}</strong>
          </p>
          <FormText
            form={form}
            name="newEmail"
            label="New address"
            type="email"
            hint="The present mailbox allows it, the new one confirms it"
            required
          />
          <Button type="submit" busy={busy}>
            Change address
          </Button>
        </div>
      </Form>
    </Card>
  );
}

function Password(): ReactNode {
  const form = useForm({ defaultValues: { currentPassword: '', newPassword: '' } });
  const { submit, problem, busy } = useSubmit(form, async (values) => {
    await postAuth('/change-password', values);
    form.reset();
    tell('Your password is changed; your other sessions have ended');
  });
  return (
    <Card title="Password">
      <Form form={form} onSubmit={submit}>
        <div className="space-y-4">
          <ProblemNotice problem={problem} />
          <FormPassword
            form={form}
            name="currentPassword"
            label="Current password"
            autoComplete="current-password"
            required
          />
          <FormPassword
            form={form}
            name="newPassword"
            label="New password"
            hint="12 characters or more"
            autoComplete="new-password"
            required
          />
          <Button type="submit" busy={busy}>
            Change password
          </Button>
        </div>
      </Form>
    </Card>
  );
}
