import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api, bodyOf } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Fact, Facts } from '../../ui/card.tsx';
import { Modal } from '../../ui/dialog.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { day, number, words } from '../../ui/format.ts';
import { optionsOf } from '../../ui/options.ts';
import { Select } from '../../ui/select.tsx';
import { Loaded } from '../../ui/states.tsx';
import { tell, tellProblem } from '../../ui/toast.tsx';

const TIERS = optionsOf<'FREE' | 'STARTER' | 'GROWTH' | 'ELITE' | 'ENTERPRISE' | 'CUSTOM'>(
  'FREE',
  'STARTER',
  'GROWTH',
  'ELITE',
  'ENTERPRISE',
  'CUSTOM',
);
type Tier = (typeof TIERS)[number]['value'];

interface File {
  readonly organization: { readonly name: string; readonly slug: string; readonly archivedAt: string | null };
  readonly subscription: { readonly status: string; readonly currentPeriodEnd: string } | null;
  readonly plan: { readonly tier: Tier };
  readonly members: readonly {
    readonly userId: string;
    readonly name: string | null;
    readonly email: string;
    readonly role: string;
  }[];
  readonly usage: Readonly<Record<string, number>>;
}

/** One organization as staff see it: plan, members, use; suspended and restored with a reason. */
export function OrganizationDialog(props: {
  readonly organizationId: string;
  readonly onClose: () => void;
}): ReactNode {
  const { organizationId, onClose } = props;
  const path = { organizationId };
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [looks, setLooks] = useState(false);
  const [tier, setTier] = useState<Tier>();
  const file = useQuery({
    queryKey: ['platform', 'organization', organizationId],
    queryFn: ({ signal }) =>
      bodyOf<File>(
        api.GET('/v1/platform/organizations/{organizationId}', { params: { path }, signal }) as never,
      ),
  });
  const act = useMutation({
    mutationFn: (what: 'suspend' | 'restore' | 'plan') => {
      if (what === 'plan') {
        const now = new Date();
        const end = new Date(now.getFullYear() + 1, now.getMonth(), now.getDate());
        const body = {
          tier: tier!,
          status: 'ACTIVE' as const,
          currentPeriodStart: now.toISOString(),
          currentPeriodEnd: end.toISOString(),
          reason,
        };
        return bodyOf(
          api.PUT('/v1/platform/organizations/{organizationId}/subscription', {
            params: { path },
            body,
          }) as never,
        );
      }
      const address =
        `/v1/platform/organizations/{organizationId}/${what}` as '/v1/platform/organizations/{organizationId}/suspend';
      return bodyOf(api.POST(address, { params: { path }, body: { reason } }) as never);
    },
    onSuccess: () => {
      tell('Done');
      void client.invalidateQueries({ queryKey: ['platform'] });
    },
    onError: (error) => tellProblem(asProblem(error)),
  });
  const without = reason.trim() === '';
  if (!looks)
    return (
      <Modal title="Open an organization" onClose={onClose}>
        <form
          className="space-y-4 pb-4"
          onSubmit={(event) => {
            event.preventDefault();
            setLooks(true);
          }}
        >
          <Field label="Why do you look?" hint="Kept in the log of the platform’s staff" required>
            <TextInput value={reason} onChange={setReason} autoFocus />
          </Field>
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" look="primary" disabled={without}>
              Open
            </Button>
          </div>
        </form>
      </Modal>
    );
  return (
    <Modal title={file.data?.organization.name ?? 'Organization'} onClose={onClose} width="lg">
      <Loaded of={file}>
        {({ organization, subscription, plan, members, usage }) => (
          <div className="space-y-5 pb-4">
            <Facts>
              <Fact label="Address">{organization.slug}</Fact>
              <Fact label="Plan">{words(plan.tier)}</Fact>
              <Fact label="Subscription">
                {subscription && `${words(subscription.status)} until ${day(subscription.currentPeriodEnd)}`}
              </Fact>
              <Fact label="In use">
                {Object.entries(usage)
                  .map(
                    ([what, count]) => `${words(what.replace(/[A-Z]/g, (c) => `_${c}`))}: ${number(count)}`,
                  )
                  .join(' · ')}
              </Fact>
              <Fact label="Members">
                <ul>
                  {members.map((m) => (
                    <li key={m.userId} className="break-words">
                      {m.name ?? m.email}, {words(m.role).toLowerCase()}
                    </li>
                  ))}
                </ul>
              </Fact>
            </Facts>
            <Field label="Reason" hint="Needed for each of these, and kept in the log of staff" required>
              <TextInput value={reason} onChange={setReason} />
            </Field>
            <div className="flex flex-wrap items-end gap-2">
              <Field label="Plan" className="w-40">
                <Select
                  value={tier ?? plan.tier}
                  onChange={(next) => setTier(next as Tier)}
                  options={TIERS}
                />
              </Field>
              <Button
                disabled={without || !tier || tier === plan.tier}
                busy={act.isPending}
                onClick={() => act.mutate('plan')}
              >
                Change plan for a year
              </Button>
              <span className="flex-1" />
              {organization.archivedAt ? (
                <Button disabled={without} busy={act.isPending} onClick={() => act.mutate('restore')}>
                  Restore
                </Button>
              ) : (
                <Button
                  look="danger"
                  disabled={without}
                  busy={act.isPending}
                  onClick={() => act.mutate('suspend')}
                >
                  Suspend
                </Button>
              )}
            </div>
          </div>
        )}
      </Loaded>
    </Modal>
  );
}
