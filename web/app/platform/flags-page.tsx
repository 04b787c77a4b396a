import { Flag, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Model } from '../../api/client.ts';
import { useList, useRecord } from '../../api/records.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import type { FieldSpec } from '../../ui/editor/field-spec.ts';
import { words } from '../../ui/format.ts';
import { optionsOf } from '../../ui/options.ts';
import { Page as PageFrame } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { type FeatureFlag, featureFlags } from './collections.ts';
import { StaffDialog } from './staff-dialog.tsx';

const FIELDS: readonly FieldSpec[] = [
  { name: 'name', label: 'Name', kind: 'text', required: true },
  { name: 'description', label: 'Description', kind: 'area' },
  {
    name: 'environment',
    label: 'Environment',
    kind: 'select',
    options: optionsOf<Model<'StaffEnvironment'>>('DEVELOPMENT', 'STAGING', 'PRODUCTION'),
    required: true,
    half: true,
    initial: 'PRODUCTION',
  },
  { name: 'rolloutPercent', label: 'Share in percent', kind: 'decimal', half: true, initial: '100' },
  { name: 'category', label: 'Category', kind: 'text', half: true },
  { name: 'targetTiers', label: 'Plans', kind: 'tags', half: true, hint: 'Such as GROWTH; empty: all' },
  { name: 'isEnabled', label: 'Turned on', kind: 'checkbox' },
];

/** Features that are turned on for some. */
export function Page(): ReactNode {
  const list = useList<typeof featureFlags, FeatureFlag>(featureFlags, { sort: 'name', limit: 200 });
  const [opened, setOpened] = useState<string>();
  const [making, setMaking] = useState(false);
  const record = useRecord(featureFlags, opened);
  const make = (
    <Button look="primary" icon={Plus} onClick={() => setMaking(true)}>
      New flag
    </Button>
  );
  return (
    <PageFrame title="Feature flags" actions={make}>
      <Card flush>
        <Loaded of={list}>
          {({ data }) =>
            data.length === 0 ? (
              <Empty icon={Flag} title="No flags yet" action={make} />
            ) : (
              <Table
                label="Feature flags"
                keyOf={(f) => f.id}
                rows={data}
                columns={[
                  {
                    header: 'Name',
                    cell: (f) => (
                      <>
                        <span className="block font-medium">{f.name}</span>
                        <span className="block text-sm text-faint">{f.description}</span>
                      </>
                    ),
                  },
                  {
                    header: 'State',
                    cell: (f) => (
                      <Badge tone={f.isEnabled ? 'good' : 'neutral'}>{f.isEnabled ? 'On' : 'Off'}</Badge>
                    ),
                  },
                  { header: 'Environment', from: 'md', cell: (f) => words(f.environment) },
                  { header: 'Share', from: 'md', align: 'end', cell: (f) => `${Number(f.rolloutPercent)} %` },
                  {
                    header: '',
                    align: 'end',
                    cell: (f) => (
                      <Button size="sm" onClick={() => setOpened(f.id)}>
                        Change
                      </Button>
                    ),
                  },
                ]}
              />
            )
          }
        </Loaded>
      </Card>
      {making && (
        <StaffDialog collection={featureFlags} noun="flag" specs={FIELDS} onClose={() => setMaking(false)} />
      )}
      {opened && record.data && (
        <StaffDialog
          collection={featureFlags}
          noun="flag"
          specs={FIELDS}
          record={record.data}
          onClose={() => setOpened(undefined)}
        />
      )}
    </PageFrame>
  );
}
