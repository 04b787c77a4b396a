import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Model } from '../../../api/client.ts';
import { collection } from '../../../api/collection.ts';
import { useOrganization } from '../../../api/organization.tsx';
import { useList } from '../../../api/records.ts';
import { useView } from '../../../api/view.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Card, Fact, Facts } from '../../../ui/card.tsx';
import { bytes, day, number, words } from '../../../ui/format.ts';
import { Page as PageFrame } from '../../../ui/page.tsx';
import { Loaded } from '../../../ui/states.tsx';
import { Table } from '../../../ui/table.tsx';
import { Meter } from './meter.tsx';

const subscriptions = collection<'Subscription'>('subscriptions');

/** The plan, what it includes, and how much of it is used. */
export function Page(): ReactNode {
  const { overview, can } = useOrganization();
  const limits = overview.limits as Record<string, number | null>;
  const features = overview.limits.features as Record<string, boolean>;
  const files = useView({
    key: ['files', 'used'],
    tables: [],
    load: (api, signal) => api.GET('/files', { params: { query: { limit: 1 } }, signal }),
    enabled: can('files:read'),
  });
  return (
    <PageFrame title="Plan and usage" note={<Badge tone="accent">{words(overview.tier)}</Badge>}>
      <div className="grid max-w-5xl gap-4 lg:grid-cols-2">
        <Card title="In use">
          <div className="space-y-4">
            <Meter label="Seats" used={overview.usage.seats} limit={limits.seats} />
            <Meter label="Contacts" used={overview.usage.contacts} limit={limits.contacts} />
            <Meter
              label="Active listings"
              used={overview.usage.activeListings}
              limit={limits.activeListings}
            />
            {files.data && (
              <Meter label="Files" used={files.data.usedBytes} limit={limits.storageBytes} format={bytes} />
            )}
          </div>
        </Card>
        <Card title="Included">
          <Facts>
            <Fact label="API keys">{limits.apiKeys === null ? 'Any number' : number(limits.apiKeys)}</Fact>
            <Fact label="Requests">{number(limits.requestsPerMinute)} a minute</Fact>
            <Fact label="Bulk import">{number(limits.bulkRows)} rows at a time</Fact>
            <Fact label="One file">up to {bytes(limits.fileBytes ?? 0)}</Fact>
            {Object.entries(features).map(([feature, on]) => (
              <Fact key={feature} label={words(feature.replace(/[A-Z]/g, (c) => `_${c}`))}>
                <span className="inline-flex items-center gap-1.5">
                  {on ? (
                    <Check aria-hidden size={16} className="text-good" />
                  ) : (
                    <Minus aria-hidden size={16} />
                  )}
                  {on ? 'Included' : 'Not included'}
                </span>
              </Fact>
            ))}
          </Facts>
        </Card>
        {can('subscription:read') && <SubscriptionCard />}
        <Metered />
      </div>
    </PageFrame>
  );
}

function SubscriptionCard(): ReactNode {
  const query = useList<typeof subscriptions, Model<'Subscription'>>(subscriptions, { limit: 1 });
  return (
    <Card title="Subscription">
      <Loaded of={query}>
        {({ data: [subscription] }) =>
          subscription ? (
            <Facts>
              <Fact label="State">{words(subscription.status)}</Fact>
              <Fact label="Paid">{words(subscription.billingCycle)}</Fact>
              <Fact label="This period">
                {day(subscription.currentPeriodStart)} to {day(subscription.currentPeriodEnd)}
              </Fact>
              <Fact label="Then">{subscription.cancelAtPeriodEnd ? 'It ends' : 'It goes on'}</Fact>
            </Facts>
          ) : (
            <p className="text-soft">There is none: the free plan holds.</p>
          )
        }
      </Loaded>
      <p className="mt-4 text-sm text-faint">To change the plan, write to whoever runs this Lotline.</p>
    </Card>
  );
}

function Metered(): ReactNode {
  const usage = useView({
    key: ['usage'],
    tables: ['usage_records'],
    load: (api, signal) => api.GET('/usage', { signal }),
  });
  return (
    <Card title="Metered" flush>
      <Loaded of={usage}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="p-4 text-faint">Nothing was metered lately</p>
          ) : (
            <Table
              label="Metered use"
              keyOf={(i) => `${i.month} ${i.resourceType} ${i.resourceName}`}
              rows={items}
              columns={[
                { header: 'Month', cell: (i) => i.month.slice(0, 7) },
                { header: 'What', cell: (i) => `${words(i.resourceType)}: ${i.resourceName}` },
                { header: 'How much', align: 'end', cell: (i) => number(i.amount) },
              ]}
            />
          )
        }
      </Loaded>
    </Card>
  );
}
