import { useNavigate } from '@tanstack/react-router';
import { Building, List, Plus } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { useOrganization } from '../../../api/organization.tsx';
import { useRows } from '../../../api/rows.ts';
import { Button } from '../../../ui/button.tsx';
import { RecordDialog } from '../../../ui/editor/record-dialog.tsx';
import { FilterBar } from '../../../ui/filter-bar.tsx';
import { conditionsOf, useListState } from '../../../ui/list-state.ts';
import { Page as PageFrame } from '../../../ui/page.tsx';
import { PageLink } from '../../../ui/page-link.tsx';
import { useSearchFlag } from '../../../ui/search-flag.ts';
import { useShortcut } from '../../../ui/shortcut.ts';
import { Empty, ProblemState } from '../../../ui/states.tsx';
import { useAttachmentsOf, useFileUrl } from '../../files/index.ts';
import { type Listing, listings } from '../collections.ts';
import { LISTING_FILTERS } from './filters.ts';
import { Gallery, GallerySkeleton } from './gallery.tsx';
import { LISTING_FIELDS } from './listing-words.ts';
import { PriceFilter } from './price-filter.tsx';

const FIELDS = [...LISTING_FILTERS.map((f) => f.field), 'from', 'to'];
/** Cards on a page; the list has all of them. */
const SHOWN = 48;

/** Listings with their photos. */
export function Page(): ReactNode {
  const { can, pathTo } = useOrganization();
  const navigate = useNavigate();
  const state = useListState(FIELDS);
  const [making, setMaking] = useSearchFlag('new');
  const { from, to, ...chosen } = state.chosen;
  const rows = useRows<typeof listings, Listing>(listings, {
    ...conditionsOf({ ...state, chosen }, '-listingDate'),
    'archivedAt.is': 'null',
    ...(from?.[0] ? { 'price.gte': from[0] } : {}),
    ...(to?.[0] ? { 'price.lte': to[0] } : {}),
  });
  const shown = useMemo(
    () =>
      Array.from({ length: Math.min(rows.total ?? 0, SHOWN) }, (_, i) => rows.at(i)).filter(
        (r) => r !== undefined,
      ),
    [rows],
  );
  const photos = usePhotos(shown);
  const mayWrite = can('crm:write');
  useShortcut('n', () => mayWrite && setMaking(true));
  const make = mayWrite && (
    <Button look="primary" icon={Plus} onClick={() => setMaking(true)}>
      New listing
    </Button>
  );
  return (
    <PageFrame
      title="Listings"
      actions={
        <>
          <Button icon={List} asChild>
            <PageLink to={pathTo('listings/list')}>As a list</PageLink>
          </Button>
          {make}
        </>
      }
    >
      <FilterBar state={state} filters={LISTING_FILTERS} placeholder="Search listings">
        <PriceFilter state={state} />
      </FilterBar>
      {rows.error && rows.total === undefined ? (
        <ProblemState error={rows.error} onRetry={rows.retry} />
      ) : rows.total === undefined ? (
        <GallerySkeleton />
      ) : shown.length === 0 ? (
        <Empty
          icon={Building}
          title={state.filtered ? 'No listing matches' : 'No listings yet'}
          action={state.filtered ? <Button onClick={state.clear}>Clear filters</Button> : make}
        >
          {!state.filtered && 'The properties you sell, with photos, prices and rooms.'}
        </Empty>
      ) : (
        <Gallery listings={shown} photos={photos} more={(rows.total ?? 0) - shown.length} />
      )}
      {making && mayWrite && (
        <RecordDialog
          collection={listings}
          noun="listing"
          specs={LISTING_FIELDS}
          onClose={() => setMaking(false)}
          onSaved={({ record }) => void navigate({ to: pathTo(`listings/${record.id}`) as never })}
        />
      )}
    </PageFrame>
  );
}

/** The first photo of each listing: an uploaded one, else an address it names. */
function usePhotos(shown: readonly Listing[]): ReadonlyMap<string, string> {
  const urlOf = useFileUrl();
  const { data } = useAttachmentsOf(
    'listing',
    shown.map((l) => l.id),
    { 'mimeType.startswith': 'image/' },
  );
  const photos = new Map<string, string>();
  for (const listing of shown) if (listing.images[0]) photos.set(listing.id, listing.images[0]);
  for (const file of data?.data.toReversed() ?? []) photos.set(file.entityId, urlOf(file.filePath, true));
  return photos;
}
