import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useAction } from '../../api/action.ts';
import { collection } from '../../api/collection.ts';
import { useOrganization } from '../../api/organization.tsx';
import { asProblem } from '../../api/problem.ts';
import { useChange } from '../../api/records.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Form, FormSelect, FormText, FormTextArea } from '../../ui/form.tsx';
import { Page as PageFrame } from '../../ui/page.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { tell, tellProblem } from '../../ui/toast.tsx';
import { useSubmit } from '../../ui/use-submit.ts';

const organizations = collection<'Organization'>('organizations');
const CURRENCIES = ['USD', 'CAD', 'EUR', 'GBP', 'AUD', 'MXN'].map((value) => ({ value, label: value }));

/** Name, address, zone and currency of the organization, and its end. */
export function Page(): ReactNode {
  const { overview, can } = useOrganization();
  const navigate = useNavigate();
  const change = useChange(organizations);
  const settings = overview.settings as Record<string, unknown>;
  const form = useForm({
    defaultValues: {
      name: overview.name,
      slug: overview.slug,
      description: overview.description ?? '',
      timezone: String(settings.timezone ?? 'UTC'),
      currency: String(settings.currency ?? 'USD'),
    },
  });
  const { submit, problem } = useSubmit(form, async ({ timezone, currency, description, ...rest }) => {
    await change.mutateAsync({
      id: overview.id,
      changes: {
        ...rest,
        description: description || null,
        settings: { ...settings, timezone, currency },
      } as never,
    });
    tell('Saved');
    if (rest.slug !== overview.slug) await navigate({ to: `/o/${rest.slug}/settings` as never });
  });
  const zones = Intl.supportedValuesOf('timeZone').map((value) => ({ value, label: value }));
  return (
    <PageFrame title="Settings">
      <div className="max-w-2xl space-y-4">
        <Card title="Organization">
          <Form form={form} onSubmit={submit}>
            <div className="space-y-4">
              <ProblemNotice problem={problem} />
              <FormText form={form} name="name" label="Name" required />
              <FormText
                form={form}
                name="slug"
                label="Address"
                hint="In links: small letters, digits and hyphens"
                required
              />
              <FormTextArea form={form} name="description" label="Description" />
              <div className="grid gap-4 sm:grid-cols-2">
                <FormSelect
                  form={form}
                  name="timezone"
                  label="Time zone"
                  hint="Of working hours and schedules"
                  options={[{ value: 'UTC', label: 'UTC' }, ...zones.filter((z) => z.value !== 'UTC')]}
                />
                <FormSelect form={form} name="currency" label="Currency" options={CURRENCIES} />
              </div>
              <Button type="submit" look="primary" busy={change.isPending}>
                Save
              </Button>
            </div>
          </Form>
        </Card>
        {can('organization:archive') && <ArchiveCard />}
      </div>
    </PageFrame>
  );
}

function ArchiveCard(): ReactNode {
  const { overview } = useOrganization();
  const [asking, setAsking] = useState(false);
  const archive = useAction([], (api, name: string) => api.POST('/archive', { body: { name } }));
  return (
    <Card title="Archive the organization">
      <p className="text-soft">
        Nobody can enter it any more; its data stays until the platform’s staff restores or erases it.
      </p>
      <Button look="danger" className="mt-3" onClick={() => setAsking(true)}>
        Archive {overview.name}
      </Button>
      {asking && (
        <Confirm
          title="Archive the organization?"
          action="Archive"
          danger
          word={overview.name}
          busy={archive.isPending}
          onClose={() => setAsking(false)}
          onConfirm={() =>
            archive.mutate(overview.name, {
              onSuccess: () => location.assign('/'),
              onError: (error) => tellProblem(asProblem(error)),
            })
          }
        >
          All {overview.usage.seats} members lose access at once.
        </Confirm>
      )}
    </Card>
  );
}
