import { Columns3, Handshake } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { useMemberName } from '../../../api/members.ts';
import { useOrganization } from '../../../api/organization.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { RecordDialog } from '../../../ui/editor/record-dialog.tsx';
import { day, money, words } from '../../../ui/format.ts';
import type { Column } from '../../../ui/grid/columns.ts';
import { ListPage } from '../../../ui/list-page.tsx';
import { PageLink } from '../../../ui/page-link.tsx';
import { type Deal, deals } from '../collections.ts';
import { DEAL_FIELDS, STAGES, STATUS_TONES, STATUSES } from './deal-words.ts';

const FILTERS = [
  { field: 'stage', label: 'Stage', options: STAGES },
  { field: 'status', label: 'Status', options: STATUSES },
];
const QUERY = {
  'archivedAt.is': 'null',
  fields: 'id,title,value,currency,stage,status,probability,expectedCloseDate,assignedToId',
};

/** All deals as a list, closed ones too. */
export function Page(): ReactNode {
  const { pathTo } = useOrganization();
  const memberName = useMemberName();
  const columns = useMemo<readonly Column<Deal>[]>(
    () => [
      {
        id: 'title',
        header: 'Title',
        width: 'minmax(9rem, 2fr)',
        sort: 'title',
        cell: (row) => <span className="font-medium">{row.title}</span>,
      },
      {
        id: 'value',
        header: 'Value',
        width: '7.5rem',
        sort: 'value',
        align: 'end',
        cell: (row) => money(row.value, row.currency, true),
      },
      {
        id: 'stage',
        header: 'Stage',
        width: '8rem',
        sort: 'stage',
        from: 'md',
        cell: (row) => words(row.stage),
      },
      {
        id: 'status',
        header: 'Status',
        width: '7rem',
        sort: 'status',
        from: 'md',
        cell: (row) => <Badge tone={STATUS_TONES[row.status]}>{words(row.status)}</Badge>,
      },
      {
        id: 'close',
        header: 'Expected closing',
        width: '9rem',
        sort: 'expectedCloseDate',
        from: 'md',
        cell: (row) => day(row.expectedCloseDate),
      },
      {
        id: 'agent',
        header: 'Agent',
        width: 'minmax(8rem, 1fr)',
        from: 'lg',
        cell: (row) => memberName(row.assignedToId),
      },
    ],
    [memberName],
  );
  return (
    <ListPage
      title="Deals"
      noun="deal"
      icon={Handshake}
      collection={deals}
      columns={columns}
      filters={FILTERS}
      sort="-updatedAt"
      query={QUERY}
      pathOf={(row) => `deals/${row.id}`}
      permission="crm:write"
      make={(close) => <RecordDialog collection={deals} noun="deal" specs={DEAL_FIELDS} onClose={close} />}
      purpose="A deal goes from the first talk to the closing."
      actions={
        <Button icon={Columns3} asChild>
          <PageLink to={pathTo('deals')}>As a board</PageLink>
        </Button>
      }
    />
  );
}
