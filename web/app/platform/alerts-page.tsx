import { Megaphone, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Model } from '../../api/client.ts';
import { useList, useRecord } from '../../api/records.ts';
import { Badge, type BadgeTone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import type { FieldSpec } from '../../ui/editor/field-spec.ts';
import { moment, words } from '../../ui/format.ts';
import { optionsOf } from '../../ui/options.ts';
import { Page as PageFrame } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { type SystemAlert, systemAlerts } from './collections.ts';
import { StaffDialog } from './staff-dialog.tsx';

const LEVELS = optionsOf<Model<'StaffAlertLevel'>>('INFO', 'SUCCESS', 'WARNING', 'ERROR');
const TONES: Readonly<Record<string, BadgeTone>> = {
  INFO: 'info',
  SUCCESS: 'good',
  WARNING: 'warn',
  ERROR: 'bad',
};

const FIELDS: readonly FieldSpec[] = [
  { name: 'title', label: 'Title', kind: 'text', required: true },
  { name: 'message', label: 'Message', kind: 'area', required: true },
  {
    name: 'level',
    label: 'Level',
    kind: 'select',
    options: LEVELS,
    required: true,
    half: true,
    initial: 'INFO',
  },
  {
    name: 'category',
    label: 'Category',
    kind: 'select',
    options: optionsOf<Model<'StaffAlertCategory'>>(
      'MAINTENANCE',
      'FEATURE',
      'BILLING',
      'SECURITY',
      'MARKETING',
    ),
    required: true,
    half: true,
    initial: 'MAINTENANCE',
  },
  { name: 'startsAt', label: 'From', kind: 'datetime', half: true },
  { name: 'endsAt', label: 'To', kind: 'datetime', half: true },
  { name: 'isGlobal', label: 'For everybody', kind: 'checkbox', initial: true },
  { name: 'isDismissible', label: 'Can be closed', kind: 'checkbox', initial: true },
  { name: 'isActive', label: 'Shown', kind: 'checkbox', initial: true },
];

/** What the platform tells its users. */
export function Page(): ReactNode {
  const list = useList<typeof systemAlerts, SystemAlert>(systemAlerts, { sort: '-createdAt', limit: 200 });
  const [opened, setOpened] = useState<string>();
  const [making, setMaking] = useState(false);
  const record = useRecord(systemAlerts, opened);
  const make = (
    <Button look="primary" icon={Plus} onClick={() => setMaking(true)}>
      New alert
    </Button>
  );
  return (
    <PageFrame title="System alerts" actions={make}>
      <Card flush>
        <Loaded of={list}>
          {({ data }) =>
            data.length === 0 ? (
              <Empty icon={Megaphone} title="No alerts yet" action={make} />
            ) : (
              <Table
                label="System alerts"
                keyOf={(a) => a.id}
                rows={data}
                columns={[
                  {
                    header: 'Alert',
                    cell: (a) => (
                      <>
                        <span className="block font-medium">{a.title}</span>
                        <span className="block text-sm text-faint">{a.message}</span>
                      </>
                    ),
                  },
                  { header: 'Level', cell: (a) => <Badge tone={TONES[a.level]}>{words(a.level)}</Badge> },
                  { header: 'State', from: 'md', cell: (a) => (a.isActive ? 'Shown' : 'Hidden') },
                  { header: 'From', from: 'md', cell: (a) => moment(a.startsAt) },
                  {
                    header: '',
                    align: 'end',
                    cell: (a) => (
                      <Button size="sm" onClick={() => setOpened(a.id)}>
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
        <StaffDialog collection={systemAlerts} noun="alert" specs={FIELDS} onClose={() => setMaking(false)} />
      )}
      {opened && record.data && (
        <StaffDialog
          collection={systemAlerts}
          noun="alert"
          specs={FIELDS}
          record={record.data}
          onClose={() => setOpened(undefined)}
        />
      )}
    </PageFrame>
  );
}
