import { History } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMembers } from '../../../api/members.ts';
import { usePages } from '../../../api/pages.ts';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { Field, TextInput } from '../../../ui/field.tsx';
import { useListState } from '../../../ui/list-state.ts';
import { OlderButton } from '../../../ui/older-button.tsx';
import { Page as PageFrame } from '../../../ui/page.tsx';
import { Select } from '../../../ui/select.tsx';
import { Empty, Loaded } from '../../../ui/states.tsx';
import { ActivityEntry, type Entry } from './activity-entry.tsx';

interface LogPage {
  readonly items: readonly Entry[];
  readonly next: string | null;
}

const FILTERS = ['userId', 'resourceType', 'from', 'to'];

/** Every change: by whom, what, when, from where. */
export function Page(): ReactNode {
  const members = useMembers();
  const state = useListState(FILTERS);
  const one = (name: string) => state.chosen[name]?.[0] ?? '';
  const set = (name: string, value: string) => state.choose({ [name]: value ? [value] : [] });
  const filter = {
    ...(one('userId') ? { userId: one('userId') } : {}),
    ...(one('resourceType') ? { resourceType: one('resourceType') } : {}),
    ...(one('from') ? { from: new Date(`${one('from')}T00:00:00`).toISOString() } : {}),
    ...(one('to') ? { to: new Date(`${one('to')}T23:59:59.999`).toISOString() } : {}),
  };
  const query = usePages<LogPage>({
    key: ['activity', filter],
    tables: ['activity_logs'],
    load: (api, cursor, signal) => {
      const params = { query: { limit: 50, ...filter, ...(cursor ? { cursor } : {}) } };
      return api.GET('/activity', { params, signal } as never);
    },
    next: (page) => page.next,
  });
  return (
    <PageFrame title="Audit log" description="Written by the database with each change; nobody can alter it.">
      <div className="grid gap-3 pb-4 sm:grid-cols-2 lg:max-w-4xl lg:grid-cols-4">
        <Field label="Who">
          <Select
            value={one('userId')}
            onChange={(value) => set('userId', value)}
            options={[
              { value: '', label: 'Everybody' },
              ...members.map((m) => ({ value: m.userId, label: m.name ?? m.email })),
            ]}
          />
        </Field>
        <Field label="Kind of record">
          <TextInput
            value={one('resourceType')}
            onChange={(value) => set('resourceType', value.trim())}
            placeholder="such as contact"
          />
        </Field>
        <Field label="From">
          <TextInput type="date" value={one('from')} onChange={(value) => set('from', value)} />
        </Field>
        <Field label="To">
          <TextInput type="date" value={one('to')} onChange={(value) => set('to', value)} />
        </Field>
      </div>
      <Card flush className="max-w-5xl">
        <Loaded of={query}>
          {({ pages }) => {
            const items = pages.flatMap((p) => p.items);
            if (items.length === 0)
              return (
                <Empty
                  icon={History}
                  title="Nothing of that kind"
                  action={state.filtered && <Button onClick={state.clear}>Clear filters</Button>}
                />
              );
            return (
              <>
                <ul className="divide-y divide-line">
                  {items.map((entry) => (
                    <ActivityEntry key={entry.id} entry={entry} />
                  ))}
                </ul>
                {query.hasNextPage && (
                  <div className="border-t border-line p-3 text-center">
                    <OlderButton of={query} />
                  </div>
                )}
              </>
            );
          }}
        </Loaded>
      </Card>
    </PageFrame>
  );
}
