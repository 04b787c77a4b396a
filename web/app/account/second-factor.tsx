import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import { useForm } from 'react-hook-form';
import { renderSVG } from 'uqr';
import { postAuth } from '../../api/auth.ts';
import { Button } from '../../ui/button.tsx';
import { Form, FormPassword, FormText } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { tell } from '../../ui/toast.tsx';
import { useSubmit } from '../../ui/use-submit.ts';

interface Begun {
  readonly totpURI: string;
  readonly backupCodes: readonly string[];
}

/** Codes of an authenticator beside the password. */
export function SecondFactor({ enabled }: { readonly enabled: boolean }): ReactNode {
  const [begun, setBegun] = useState<Begun>();
  const client = useQueryClient();
  const done = () => {
    setBegun(undefined);
    void client.invalidateQueries({ queryKey: ['session'] });
  };
  if (begun) return <Prove begun={begun} onDone={done} />;
  return enabled ? <TurnOff onDone={done} /> : <TurnOn onBegun={setBegun} />;
}

function TurnOn({ onBegun }: { readonly onBegun: (begun: Begun) => void }): ReactNode {
  const form = useForm({ defaultValues: { password: '' } });
  const { submit, problem, busy } = useSubmit(form, async (values) => {
    onBegun(await postAuth<Begun>('/two-factor/enable', values));
  });
  return (
    <Form form={form} onSubmit={submit}>
      <div className="space-y-4">
        <p className="text-soft">Besides the password, sign-in asks for a code that your telephone shows.</p>
        <ProblemNotice problem={problem} />
        <FormPassword
          form={form}
          name="password"
          label="Your password"
          autoComplete="current-password"
          required
        />
        <Button type="submit" busy={busy}>
          Turn on
        </Button>
      </div>
    </Form>
  );
}

function Prove({ begun, onDone }: { readonly begun: Begun; readonly onDone: () => void }): ReactNode {
  const picture = useMemo(
    () => `data:image/svg+xml;utf8,${encodeURIComponent(renderSVG(begun.totpURI, { border: 2 }))}`,
    [begun],
  );
  const form = useForm({ defaultValues: { code: '' } });
  const { submit, problem, busy } = useSubmit(form, async ({ code }) => {
    await postAuth('/two-factor/verify-totp', { code: code.trim() });
    tell('The second factor is on');
    onDone();
  });
  const secret = new URL(begun.totpURI).searchParams.get('secret');
  return (
    <Form form={form} onSubmit={submit}>
      <div className="space-y-4">
        <p>Scan this with an authenticator, then type the code that it shows.</p>
        <img
          src={picture}
          alt="QR code for the authenticator"
          width={176}
          height={176}
          className="rounded-md"
        />
        <p className="text-sm text-soft">
          Or type this key: <code className="break-all select-all">{secret}</code>
        </p>
        <Notice tone="warn" title="Keep these backup codes">
          Each replaces the telephone once:
          <code className="mt-1 grid grid-cols-2 gap-x-4 select-all">
            {begun.backupCodes.map((code) => (
              <span key={code}>{code}</span>
            ))}
          </code>
        </Notice>
        <ProblemNotice problem={problem} />
        <FormText
          form={form}
          name="code"
          label="Code"
          inputMode="numeric"
          autoComplete="one-time-code"
          required
        />
        <Button type="submit" look="primary" busy={busy}>
          Confirm
        </Button>
      </div>
    </Form>
  );
}

function TurnOff({ onDone }: { readonly onDone: () => void }): ReactNode {
  const form = useForm({ defaultValues: { password: '' } });
  const { submit, problem, busy } = useSubmit(form, async (values) => {
    await postAuth('/two-factor/disable', values);
    tell('The second factor is off');
    onDone();
  });
  return (
    <Form form={form} onSubmit={submit}>
      <div className="space-y-4">
        <Notice tone="good" title="The second factor is on" />
        <ProblemNotice problem={problem} />
        <FormPassword
          form={form}
          name="password"
          label="Your password"
          autoComplete="current-password"
          required
        />
        <Button type="submit" look="danger" busy={busy}>
          Turn off
        </Button>
      </div>
    </Form>
  );
}
