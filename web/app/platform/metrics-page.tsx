import type { ReactNode } from 'react';
import { useList } from '../../api/records.ts';
import { Card } from '../../ui/card.tsx';
import { bytes, day, money, number } from '../../ui/format.ts';
import { Page as PageFrame } from '../../ui/page.tsx';
import { Stat } from '../../ui/stat.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { type PlatformMetric, platformMetrics } from './collections.ts';
import { Sparkline } from './sparkline.tsx';

/** The platform in figures, day by day. */
export function Page(): ReactNode {
  const list = useList<typeof platformMetrics, PlatformMetric>(platformMetrics, { sort: '-date', limit: 60 });
  return (
    <PageFrame title="Metrics">
      <Loaded of={list}>
        {({ data }) => {
          const [latest] = data;
          if (!latest) return <Empty title="Nothing was measured yet" />;
          const past = data.toReversed();
          return (
            <div className="space-y-4">
              <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
                <Stat
                  label="Recurring revenue a month"
                  value={money(latest.mrr, latest.currency, true)}
                  note={day(latest.date)}
                />
                <Stat
                  label="Organizations"
                  value={number(latest.totalOrgs)}
                  note={`${number(latest.activeOrgs)} active`}
                />
                <Stat
                  label="People"
                  value={number(latest.totalUsers)}
                  note={`${number(latest.activeUsers)} active`}
                />
                <Stat
                  label="Storage"
                  value={bytes(Number(latest.totalStorage))}
                  note={`${number(latest.apiCalls)} API calls`}
                />
              </div>
              <div className="grid gap-4 lg:grid-cols-2">
                <Card title="Active people">
                  <Sparkline label="Active people by day" values={past.map((m) => m.activeUsers)} />
                </Card>
                <Card title="API calls">
                  <Sparkline label="API calls by day" values={past.map((m) => Number(m.apiCalls))} />
                </Card>
              </div>
              <Card title="By day" flush>
                <Table
                  label="Metrics by day"
                  keyOf={(m) => m.id}
                  rows={data.slice(0, 30)}
                  columns={[
                    { header: 'Day', cell: (m) => day(m.date) },
                    { header: 'Revenue a month', align: 'end', cell: (m) => money(m.mrr, m.currency) },
                    { header: 'Active people', align: 'end', cell: (m) => number(m.activeUsers) },
                    { header: 'New people', align: 'end', from: 'md', cell: (m) => number(m.newUsers) },
                    { header: 'Organizations', align: 'end', from: 'md', cell: (m) => number(m.totalOrgs) },
                    { header: 'API calls', align: 'end', from: 'md', cell: (m) => number(m.apiCalls) },
                  ]}
                />
              </Card>
            </div>
          );
        }}
      </Loaded>
    </PageFrame>
  );
}
