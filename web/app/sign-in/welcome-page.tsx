import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useRef } from 'react';
import { useForm } from 'react-hook-form';
import { api, bodyOf } from '../../api/client.ts';
import { meQuery, useMe } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { Form, FormText } from '../../ui/form.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { SignInFrame } from './frame.tsx';

/** Makes an organization: the first of somebody who has none, or another. */
export function Page(): ReactNode {
  const me = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const key = useRef(crypto.randomUUID());
  const form = useForm({ defaultValues: { name: '' } });
  const sending = useSubmit(form, async (body) => {
    const { slug } = await bodyOf<{ slug: string }>(
      api.POST('/v1/organizations', { body, headers: { 'idempotency-key': key.current } }) as never,
    );
    await client.invalidateQueries({ queryKey: meQuery.queryKey });
    await navigate({ to: `/o/${slug}` as never });
  });
  return (
    <SignInFrame
      title={me.organizations.length === 0 ? `Welcome, ${me.name ?? me.email}` : 'New organization'}
      description="An organization holds your contacts, deals and listings. It begins with a trial."
      below={me.organizations.length > 0 && <PageLink to="/">Back</PageLink>}
    >
      <Form form={form} onSubmit={sending.submit}>
        <div className="space-y-4">
          <ProblemNotice problem={sending.problem} />
          <FormText form={form} name="name" label="Name" autoComplete="organization" required autoFocus />
          <Button type="submit" look="primary" busy={sending.busy} className="w-full">
            Create organization
          </Button>
        </div>
      </Form>
    </SignInFrame>
  );
}
