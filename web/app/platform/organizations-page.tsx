import { useQuery } from '@tanstack/react-query';
import { Building2 } from 'lucide-react';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { api, bodyOf, type Model } from '../../api/client.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { day, words } from '../../ui/format.ts';
import { Page as PageFrame } from '../../ui/page.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { OrganizationDialog } from './organization-dialog.tsx';

type Listed = Model<'PlatformOrganization'>;

const WHICH = [
  { value: 'active', label: 'Active' },
  { value: 'suspended', label: 'Suspended' },
];

/** All organizations, their plans, and what staff may do with them. */
export function Page(): ReactNode {
  const [text, setText] = useState('');
  const search = useDeferredValue(text.trim());
  const [archived, setArchived] = useState(false);
  const [opened, setOpened] = useState<string>();
  const list = useQuery({
    queryKey: ['platform', 'organizations', search, archived],
    queryFn: ({ signal }) =>
      bodyOf<{ data: Listed[]; next: string | null }>(
        api.GET('/v1/platform/organizations', {
          params: {
            query: {
              limit: 100,
              ...(archived ? { archived: 'true' } : {}),
              ...(search ? { search } : {}),
            } as never,
          },
          signal,
        }) as never,
      ),
    placeholderData: (before) => before,
  });
  return (
    <PageFrame title="Organizations" description="Each use of these pages is kept in the log of staff.">
      <div className="flex flex-wrap items-end gap-3 pb-4">
        <Field label="Find" className="w-full max-w-sm">
          <TextInput value={text} onChange={setText} type="search" placeholder="Name or address" />
        </Field>
        <Segmented
          label="Which"
          value={archived ? 'suspended' : 'active'}
          onChange={(which) => setArchived(which === 'suspended')}
          options={WHICH}
        />
      </div>
      <Card flush>
        <Loaded of={list}>
          {({ data }) =>
            data.length === 0 ? (
              <Empty icon={Building2} title="No organization matches" />
            ) : (
              <Table
                label="Organizations"
                keyOf={(o) => o.id}
                rows={data}
                columns={[
                  {
                    header: 'Name',
                    cell: (o) => (
                      <>
                        <span className="block font-medium">{o.name}</span>
                        <span className="block text-sm text-faint">{o.slug}</span>
                      </>
                    ),
                  },
                  { header: 'Plan', from: 'md', cell: (o) => words(o.tier) },
                  {
                    header: 'State',
                    cell: (o) => (
                      <Badge tone={o.archivedAt ? 'bad' : 'good'}>
                        {o.archivedAt ? 'Suspended' : words(o.status) || 'No subscription'}
                      </Badge>
                    ),
                  },
                  { header: 'Members', from: 'md', align: 'end', cell: (o) => o.seats },
                  { header: 'Since', from: 'md', cell: (o) => day(o.createdAt) },
                  {
                    header: '',
                    align: 'end',
                    cell: (o) => (
                      <Button size="sm" onClick={() => setOpened(o.id)}>
                        Open
                      </Button>
                    ),
                  },
                ]}
              />
            )
          }
        </Loaded>
      </Card>
      {opened && <OrganizationDialog organizationId={opened} onClose={() => setOpened(undefined)} />}
    </PageFrame>
  );
}
