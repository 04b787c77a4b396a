import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMemberName } from '../../../api/members.ts';
import { useOrganization } from '../../../api/organization.tsx';
import { useList, useRecord, type Versioned } from '../../../api/records.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Card, Fact, Facts } from '../../../ui/card.tsx';
import { day, money, number, words } from '../../../ui/format.ts';
import { PageLink } from '../../../ui/page-link.tsx';
import { Loaded } from '../../../ui/states.tsx';
import { Tags } from '../../../ui/tags.tsx';
import { type Deal, deals, type Listing, listings } from '../collections.ts';
import { RecordFrame } from '../record-frame.tsx';
import { LISTING_FIELDS, STATUS_TONES } from './listing-words.ts';
import { Photos } from './photos.tsx';
import { roomsOf } from './rooms.ts';

/** One listing: photos, facts, deals about it. */
export function Page(): ReactNode {
  const { listingId } = useParams({ strict: false }) as { listingId: string };
  const listing = useRecord(listings, listingId);
  return <Loaded of={listing}>{(versioned) => <ListingPage versioned={versioned} />}</Loaded>;
}

function ListingPage({ versioned }: { readonly versioned: Versioned<Listing> }): ReactNode {
  const memberName = useMemberName();
  const row = versioned.record;
  return (
    <RecordFrame
      collection={listings}
      versioned={versioned}
      noun="listing"
      listTitle="Listings"
      title={row.title}
      note={<Badge tone={STATUS_TONES[row.status]}>{words(row.status)}</Badge>}
      description={`${row.address}, ${row.city}, ${row.state} ${row.zipCode}`}
      specs={LISTING_FIELDS}
      aside={
        <Card title={<span className="tabular text-lg">{money(row.price, row.currency)}</span>}>
          <Facts>
            <Fact label="Rooms">{roomsOf(row)}</Fact>
            <Fact label="Lot">{row.lotSize && `${number(row.lotSize)} sq ft`}</Fact>
            <Fact label="Type">{words(row.propertyType)}</Fact>
            <Fact label="Built">{row.yearBuilt}</Fact>
            <Fact label="MLS number">{row.mlsNumber}</Fact>
            <Fact label="Listed">{day(row.listingDate)}</Fact>
            <Fact label="Expires">{day(row.expirationDate)}</Fact>
            <Fact label="Agent">{memberName(row.assignedToId)}</Fact>
            <Fact label="Features">{row.features.length > 0 && <Tags tags={row.features} />}</Fact>
          </Facts>
        </Card>
      }
    >
      <Photos listing={row} />
      {row.description && (
        <Card title="Description">
          <p className="max-w-prose whitespace-pre-wrap">{row.description}</p>
        </Card>
      )}
      <ListingDeals listingId={row.id} />
    </RecordFrame>
  );
}

function ListingDeals({ listingId }: { readonly listingId: string }): ReactNode {
  const { pathTo } = useOrganization();
  const query = useList<typeof deals, Deal>(deals, { listingId, sort: '-createdAt', limit: 20 });
  return (
    <Card title="Deals">
      <Loaded of={query}>
        {({ data }) =>
          data.length === 0 ? (
            <p className="text-faint">None yet</p>
          ) : (
            <ul className="space-y-2">
              {data.map((deal) => (
                <li key={deal.id} className="flex items-baseline justify-between gap-3">
                  <PageLink to={pathTo(`deals/${deal.id}`)} className="truncate text-accent underline">
                    {deal.title}
                  </PageLink>
                  <span className="text-sm text-soft">{words(deal.stage)}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}
