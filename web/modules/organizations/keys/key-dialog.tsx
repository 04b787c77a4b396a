import { Copy } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useAction } from '../../../api/action.ts';
import { useOrganization } from '../../../api/organization.tsx';
import { Button } from '../../../ui/button.tsx';
import { Modal } from '../../../ui/dialog.tsx';
import { Checkbox } from '../../../ui/field.tsx';
import { Form, FormDate, FormText } from '../../../ui/form.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { tell } from '../../../ui/toast.tsx';
import { useSubmit } from '../../../ui/use-submit.ts';

/** Makes a key and shows its secret, once. */
export function KeyDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { overview } = useOrganization();
  const [scopes, setScopes] = useState<readonly string[]>([]);
  const [secret, setSecret] = useState<string>();
  const create = useAction(
    ['api_keys'],
    (api, body: { name: string; scopes: string[]; expiresAt?: string }) => api.POST('/keys', { body }),
  );
  const form = useForm({ defaultValues: { name: '', expiresAt: '' } });
  const { submit, problem } = useSubmit(form, async ({ name, expiresAt }) => {
    const made = await create.mutateAsync({
      name,
      scopes: [...scopes],
      ...(expiresAt ? { expiresAt: new Date(`${expiresAt}T23:59:59`).toISOString() } : {}),
    });
    setSecret(made.secret);
  });
  if (secret !== undefined) return <SecretDialog secret={secret} onClose={onClose} />;
  return (
    <Modal title="New API key" onClose={onClose}>
      <Form form={form} onSubmit={submit}>
        <div className="space-y-4">
          <ProblemNotice problem={problem} />
          <FormText
            form={form}
            name="name"
            label="Name"
            hint="What uses it, so that you know it later"
            required
            autoFocus
          />
          <FormDate form={form} name="expiresAt" label="Ends on" hint="Empty: until it is revoked" />
          <fieldset>
            <legend className="mb-2 text-sm font-medium">What it may do</legend>
            <div className="grid gap-x-4 gap-y-1.5 sm:grid-cols-2">
              {overview.permissions.map((permission) => (
                <Checkbox
                  key={permission}
                  label={permission}
                  checked={scopes.includes(permission)}
                  onChange={(on) =>
                    setScopes(on ? [...scopes, permission] : scopes.filter((s) => s !== permission))
                  }
                />
              ))}
            </div>
          </fieldset>
        </div>
        <div className="sticky bottom-0 mt-5 flex justify-end gap-2 border-t border-line bg-raised py-3">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={create.isPending} disabled={scopes.length === 0}>
            Make key
          </Button>
        </div>
      </Form>
    </Modal>
  );
}

function SecretDialog({
  secret,
  onClose,
}: {
  readonly secret: string;
  readonly onClose: () => void;
}): ReactNode {
  const copy = async () => {
    await navigator.clipboard.writeText(secret);
    tell('Copied');
  };
  return (
    <Modal title="Your new key" onClose={onClose}>
      <div className="space-y-4 pb-4">
        <Notice tone="warn" title="It is shown this once">
          Put it where your program finds it. If it is lost, revoke it and make another.
        </Notice>
        <code className="block rounded-md bg-sunken p-3 break-all select-all">{secret}</code>
        <div className="flex justify-end gap-2">
          <Button icon={Copy} onClick={() => void copy()}>
            Copy
          </Button>
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        </div>
      </div>
    </Modal>
  );
}
