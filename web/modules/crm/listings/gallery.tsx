import { memo, type ReactNode, useDeferredValue } from 'react';
import { useOrganization } from '../../../api/organization.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { money, words } from '../../../ui/format.ts';
import { PageLink } from '../../../ui/page-link.tsx';
import { Skeleton } from '../../../ui/states.tsx';
import type { Listing } from '../collections.ts';
import { STATUS_TONES } from './listing-words.ts';
import { Photo } from './photo.tsx';
import { roomsOf } from './rooms.ts';

const GRID = 'grid gap-4 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-4';

const FIRST = 8;

export interface GalleryProps {
  readonly listings: readonly Listing[];
  readonly photos: ReadonlyMap<string, string>;
  /** How many more there are than are shown. */
  readonly more: number;
}

/** Listings as cards: what fills a window at once, the rest when there is time. */
export function Gallery({ listings: all, photos, more }: GalleryProps): ReactNode {
  const listings = useDeferredValue(all, all.slice(0, FIRST));
  const { pathTo } = useOrganization();
  return (
    <>
      <ul className={GRID}>
        {listings.map((listing) => (
          <li key={listing.id}>
            <Card listing={listing} photo={photos.get(listing.id)} to={pathTo(`listings/${listing.id}`)} />
          </li>
        ))}
      </ul>
      {more > 0 && (
        <p className="pt-4 text-center text-soft">
          {more} more.{' '}
          <PageLink to={pathTo('listings/list')} className="text-accent underline">
            See all as a list
          </PageLink>
        </p>
      )}
    </>
  );
}

interface CardProps {
  readonly listing: Listing;
  readonly photo: string | undefined;
  readonly to: string;
}

const Card = memo(function Card({ listing, photo, to }: CardProps): ReactNode {
  return (
    <PageLink
      to={to}
      className="block h-full overflow-hidden rounded-lg border border-line bg-paper hover:border-line-strong"
    >
      <Photo src={photo} alt="" className="aspect-[3/2]" />
      <span className="block p-3">
        <span className="flex items-center justify-between gap-2">
          <span className="tabular text-lg font-semibold">
            {money(listing.price, listing.currency, true)}
          </span>
          <Badge tone={STATUS_TONES[listing.status]}>{words(listing.status)}</Badge>
        </span>
        <span className="mt-0.5 block truncate">{listing.title}</span>
        <span className="block truncate text-soft">
          {listing.address}, {listing.city}
        </span>
        <span className="mt-1 block truncate text-sm text-faint">{roomsOf(listing)}</span>
      </span>
    </PageLink>
  );
});

export function GallerySkeleton(): ReactNode {
  return (
    <div role="status" aria-label="Loading" className={GRID}>
      {['a', 'b', 'c', 'd'].map((key) => (
        <div key={key} className="rounded-lg border border-line bg-paper p-3">
          <Skeleton className="aspect-[3/2]" />
          <Skeleton className="mt-3 h-5 w-1/2" />
          <Skeleton className="mt-2 h-4 w-3/4" />
        </div>
      ))}
    </div>
  );
}
