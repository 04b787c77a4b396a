import { number } from '../../../ui/format.ts';
import type { Listing } from '../collections.ts';

const plain = (decimal: string): string => decimal.replace(/\.0+$/, '');

/** What a listing has, in short: `3 bd · 2.5 ba · 1,850 sq ft`. */
export function roomsOf(listing: Pick<Listing, 'bedrooms' | 'bathrooms' | 'squareFeet'>): string {
  const { bedrooms, bathrooms, squareFeet } = listing;
  return [
    bedrooms !== null && `${bedrooms} bd`,
    bathrooms !== null && `${plain(bathrooms)} ba`,
    squareFeet !== null && `${number(squareFeet)} sq ft`,
  ]
    .filter(Boolean)
    .join(' · ');
}
