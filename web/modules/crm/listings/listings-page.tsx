import { useNavigate } from '@tanstack/react-router';
import { Building } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { useMemberName } from '../../../api/members.ts';
import { useOrganization } from '../../../api/organization.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { RecordDialog } from '../../../ui/editor/record-dialog.tsx';
import { money, words } from '../../../ui/format.ts';
import type { Column } from '../../../ui/grid/columns.ts';
import { ListPage } from '../../../ui/list-page.tsx';
import { PageLink } from '../../../ui/page-link.tsx';
import { type Listing, listings } from '../collections.ts';
import { LISTING_FILTERS } from './filters.ts';
import { LISTING_FIELDS, STATUS_TONES } from './listing-words.ts';
import { roomsOf } from './rooms.ts';

const QUERY = {
  'archivedAt.is': 'null',
  fields:
    'id,title,address,city,state,price,currency,status,propertyType,bedrooms,bathrooms,squareFeet,mlsNumber,assignedToId',
};

/** All listings as a list. */
export function Page(): ReactNode {
  const { pathTo } = useOrganization();
  const navigate = useNavigate();
  const memberName = useMemberName();
  const columns = useMemo<readonly Column<Listing>[]>(
    () => [
      {
        id: 'title',
        header: 'Listing',
        width: 'minmax(9rem, 2fr)',
        sort: 'title',
        cell: (row) => <span className="font-medium">{row.title}</span>,
      },
      {
        id: 'address',
        header: 'Address',
        width: 'minmax(10rem, 2fr)',
        sort: 'city',
        from: 'md',
        cell: (row) => `${row.address}, ${row.city}`,
      },
      {
        id: 'price',
        header: 'Price',
        width: '7.5rem',
        sort: 'price',
        align: 'end',
        cell: (row) => money(row.price, row.currency, true),
      },
      {
        id: 'status',
        header: 'Status',
        width: '7.5rem',
        sort: 'status',
        from: 'md',
        cell: (row) => <Badge tone={STATUS_TONES[row.status]}>{words(row.status)}</Badge>,
      },
      { id: 'rooms', header: 'Rooms', width: '13rem', sort: 'bedrooms', from: 'lg', cell: roomsOf },
      {
        id: 'agent',
        header: 'Agent',
        width: 'minmax(8rem, 1fr)',
        from: 'xl',
        cell: (row) => memberName(row.assignedToId),
      },
    ],
    [memberName],
  );
  return (
    <ListPage
      title="Listings"
      noun="listing"
      icon={Building}
      collection={listings}
      columns={columns}
      filters={LISTING_FILTERS}
      sort="-listingDate"
      query={QUERY}
      pathOf={(row) => `listings/${row.id}`}
      permission="crm:write"
      make={(close) => (
        <RecordDialog
          collection={listings}
          noun="listing"
          specs={LISTING_FIELDS}
          onClose={close}
          onSaved={({ record }) => void navigate({ to: pathTo(`listings/${record.id}`) as never })}
        />
      )}
      purpose="The properties you sell, with photos, prices and rooms."
      actions={
        <Button asChild>
          <PageLink to={pathTo('listings')}>With photos</PageLink>
        </Button>
      }
    />
  );
}
