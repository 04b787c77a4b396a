import { type Batch, batch, keyed, type Office, pick, times } from '../seeding/index.ts';
import { loopRows } from './seed-loops.ts';

const STREETS = [
  'Juniper Lane',
  'Larkspur Street',
  'Old Mill Road',
  'Marigold Avenue',
  'Pebble Court',
  'Thistle Way',
  'Sparrow Drive',
];
const TYPES = [
  'RESIDENTIAL',
  'RESIDENTIAL',
  'CONDO',
  'TOWNHOUSE',
  'MULTI_FAMILY',
  'LUXURY',
  'LAND',
  'COMMERCIAL',
];
const NAMES: Record<string, string> = {
  RESIDENTIAL: 'House',
  CONDO: 'Condominium',
  TOWNHOUSE: 'Townhouse',
  MULTI_FAMILY: 'Fourplex',
  LUXURY: 'Villa',
  LAND: 'Lot',
  COMMERCIAL: 'Shop with rooms above',
};
const FEATURES = [
  'Garage',
  'Fireplace',
  'New roof',
  'Solar panels',
  'Garden',
  'Office',
  'Hardwood floors',
  'Corner lot',
];

/** Listings, and transactions with their parties, documents, signatures, tasks and workflows. */
export function transactionRows(office: Office): Batch[] {
  return [
    batch(
      'listings',
      times(25, (i) => listing(office, i)),
    ),
    ...loopRows(office),
  ];
}

/** House number and street of a listing. */
export function street(index: number): string {
  return `${120 + index * 18} ${pick(STREETS, index)}`;
}

function listing(office: Office, i: number) {
  const place = pick(office.places, i);
  const type = pick(TYPES, i);
  const built = type !== 'LAND';
  const listed = -(5 + i * 6);
  return {
    ...keyed(office, 'listing', i),
    title: `${NAMES[type] ?? 'Home'} in ${place.neighborhood}`,
    description: `${built ? 'Light rooms, quiet street' : 'Level ground with water and power at the street'}, ten minutes from the centre of ${place.city}.`,
    address: street(i),
    city: place.city,
    state: place.state,
    zip_code: place.zip,
    country: 'US',
    latitude: round(place.latitude + ((i % 5) - 2) * 0.004),
    longitude: round(place.longitude + ((i % 7) - 3) * 0.004),
    property_type: type,
    bedrooms: built ? 1 + (i % 5) : null,
    bathrooms: built ? 1 + (i % 4) * 0.5 : null,
    square_feet: built ? 800 + ((i * 173) % 2_400) : null,
    lot_size: 2_500 + ((i * 911) % 9_000),
    year_built: built ? 1928 + ((i * 13) % 95) : null,
    price: Math.round((place.typicalPrice * (80 + ((i * 29) % 60))) / 100 / 1_000) * 1_000,
    currency: 'USD',
    status: pick(['ACTIVE', 'ACTIVE', 'PENDING', 'SOLD', 'CONTINGENT', 'ACTIVE', 'WITHDRAWN', 'EXPIRED'], i),
    mls_number: `DEMO-${office.msa}-${1000 + i}`,
    listing_date: office.calendar.day(listed),
    expiration_date: office.calendar.day(listed + 180),
    images: [],
    features: built ? [pick(FEATURES, i), pick(FEATURES, i + 3)] : [],
    tags: i % 6 === 0 ? ['featured'] : [],
    custom_fields: {},
    assigned_to_id: pick(office.members.agents, i),
    created_at: office.calendar.at(listed, 8),
  };
}

function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}
