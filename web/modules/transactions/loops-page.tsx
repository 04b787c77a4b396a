import { useNavigate } from '@tanstack/react-router';
import { FileSignature } from 'lucide-react';
import type { ReactNode } from 'react';
import { useOrganization } from '../../api/organization.tsx';
import { Badge } from '../../ui/badge.tsx';
import { RecordDialog } from '../../ui/editor/record-dialog.tsx';
import { day, money, words } from '../../ui/format.ts';
import type { Column } from '../../ui/grid/columns.ts';
import { ListPage } from '../../ui/list-page.tsx';
import { LOOP_FIELDS, type Loop, loops, STATUS_TONES, STATUSES, TYPES } from './words.ts';

const FILTERS = [
  { field: 'status', label: 'Status', options: STATUSES },
  { field: 'transactionType', label: 'Type', options: TYPES },
];
const QUERY = {
  fields: 'id,propertyAddress,transactionType,listingPrice,currency,status,expectedClosing,progress',
};

const COLUMNS: readonly Column<Loop>[] = [
  {
    id: 'address',
    header: 'Property',
    width: 'minmax(10rem, 2fr)',
    sort: 'propertyAddress',
    cell: (row) => <span className="font-medium">{row.propertyAddress}</span>,
  },
  {
    id: 'status',
    header: 'Status',
    width: '9rem',
    sort: 'status',
    cell: (row) => <Badge tone={STATUS_TONES[row.status]}>{words(row.status)}</Badge>,
  },
  {
    id: 'type',
    header: 'Type',
    width: 'minmax(9rem, 1fr)',
    sort: 'transactionType',
    from: 'md',
    cell: (row) => words(row.transactionType),
  },
  {
    id: 'price',
    header: 'Price',
    width: '8rem',
    sort: 'listingPrice',
    align: 'end',
    from: 'md',
    cell: (row) => money(row.listingPrice, row.currency, true),
  },
  {
    id: 'closing',
    header: 'Expected closing',
    width: '9.5rem',
    sort: 'expectedClosing',
    from: 'md',
    cell: (row) => day(row.expectedClosing),
  },
  {
    id: 'progress',
    header: 'Done',
    width: '5rem',
    sort: 'progress',
    align: 'end',
    from: 'lg',
    cell: (row) => `${row.progress} %`,
  },
];

/** All transactions. */
export function Page(): ReactNode {
  const { pathTo } = useOrganization();
  const navigate = useNavigate();
  return (
    <ListPage
      title="Transactions"
      noun="transaction"
      icon={FileSignature}
      collection={loops}
      columns={COLUMNS}
      filters={FILTERS}
      sort="-expectedClosing"
      query={QUERY}
      pathOf={(row) => `transactions/${row.id}`}
      permission="transactions:write"
      make={(close) => (
        <RecordDialog
          collection={loops}
          noun="transaction"
          specs={LOOP_FIELDS}
          onClose={close}
          onSaved={({ record }) => void navigate({ to: pathTo(`transactions/${record.id}`) as never })}
        />
      )}
      purpose="From the accepted offer to the keys: parties, documents, tasks and signatures of each sale in one place."
    />
  );
}
