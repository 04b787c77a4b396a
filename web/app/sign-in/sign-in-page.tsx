import { KeyRound } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useForm } from 'react-hook-form';
import { postAuth } from '../../api/auth.ts';
import { Button } from '../../ui/button.tsx';
import { Form, FormPassword, FormText } from '../../ui/form.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { CodeForm } from './code-form.tsx';
import { DemoPeople } from './demo-people.tsx';
import { SignInFrame } from './frame.tsx';
import { ownPath, useEnter } from './next.ts';
import { useServerInfo } from './server-info.ts';

/** The way in: password, then the second factor where there is one; or the organization’s own provider. */
export function Page(): ReactNode {
  const enter = useEnter();
  const server = useServerInfo();
  const [code, setCode] = useState(false);
  const form = useForm({ defaultValues: { email: '', password: '' } });
  const sending = useSubmit(form, async (values) => {
    const answer = await postAuth<{ twoFactorRedirect?: boolean }>('/sign-in/email', values);
    if (answer.twoFactorRedirect) setCode(true);
    else enter();
  });
  const byProvider = async () => {
    const next = ownPath(new URLSearchParams(location.search).get('next'));
    const { url } = await postAuth<{ url: string }>('/sign-in/social', {
      provider: 'oidc',
      callbackURL: next,
    });
    location.assign(url);
  };
  if (code) return <CodeForm onDone={enter} onBack={() => setCode(false)} />;
  return (
    <SignInFrame
      title="Sign in"
      below={
        <>
          New here? <PageLink to={`/sign-up${location.search}`}>Create an account</PageLink>
        </>
      }
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
          <FormPassword
            form={form}
            name="password"
            label="Password"
            autoComplete="current-password"
            required
          />
          <Button type="submit" look="primary" busy={sending.busy} className="w-full">
            Sign in
          </Button>
          <p className="text-center">
            <PageLink to="/forgot-password" className="text-sm text-soft underline">
              Forgot your password?
            </PageLink>
          </p>
        </div>
      </Form>
      {server?.oidc && (
        <div className="mt-4 border-t border-line pt-4">
          <Button icon={KeyRound} className="w-full" onClick={() => void byProvider()}>
            Sign in with {server.oidc.name}
          </Button>
        </div>
      )}
      {server?.demo && (
        <DemoPeople
          demo={server.demo}
          onChoose={(email) => {
            form.setValue('email', email);
            form.setValue('password', server.demo!.password);
            void form.handleSubmit(sending.submit)();
          }}
        />
      )}
    </SignInFrame>
  );
}
