import type { Model } from '../../../api/client.ts';
import type { BadgeTone } from '../../../ui/badge.tsx';
import type { FieldSpec } from '../../../ui/editor/field-spec.ts';
import { optionsOf } from '../../../ui/options.ts';

type Status = Model<'ListingStatus'>;

export const STATUSES = optionsOf<Status>('ACTIVE', 'CONTINGENT', 'PENDING', 'SOLD', 'EXPIRED', 'WITHDRAWN');
export const PROPERTY_TYPES = optionsOf<Model<'PropertyType'>>(
  'RESIDENTIAL',
  'CONDO',
  'TOWNHOUSE',
  'MULTI_FAMILY',
  'LUXURY',
  'COMMERCIAL',
  'LAND',
);

export const STATUS_TONES: Readonly<Record<Status, BadgeTone>> = {
  ACTIVE: 'good',
  CONTINGENT: 'warn',
  PENDING: 'warn',
  SOLD: 'info',
  EXPIRED: 'neutral',
  WITHDRAWN: 'neutral',
};

export const LISTING_FIELDS: readonly FieldSpec[] = [
  { name: 'title', label: 'Title', kind: 'text', required: true },
  { name: 'address', label: 'Address', kind: 'text', required: true },
  { name: 'city', label: 'City', kind: 'text', required: true, half: true },
  { name: 'state', label: 'State', kind: 'text', required: true, half: true },
  { name: 'zipCode', label: 'ZIP code', kind: 'text', required: true, half: true },
  { name: 'price', label: 'Price', kind: 'money', required: true, half: true },
  {
    name: 'propertyType',
    label: 'Type',
    kind: 'select',
    options: PROPERTY_TYPES,
    required: true,
    half: true,
    initial: 'RESIDENTIAL',
  },
  {
    name: 'status',
    label: 'Status',
    kind: 'select',
    options: STATUSES,
    required: true,
    half: true,
    initial: 'ACTIVE',
  },
  { name: 'bedrooms', label: 'Bedrooms', kind: 'integer', half: true },
  { name: 'bathrooms', label: 'Bathrooms', kind: 'decimal', half: true },
  { name: 'squareFeet', label: 'Square feet', kind: 'integer', half: true },
  { name: 'lotSize', label: 'Lot size (sq ft)', kind: 'decimal', half: true },
  { name: 'yearBuilt', label: 'Year built', kind: 'integer', half: true },
  { name: 'mlsNumber', label: 'MLS number', kind: 'text', half: true },
  { name: 'listingDate', label: 'Listed on', kind: 'date', half: true },
  { name: 'expirationDate', label: 'Expires on', kind: 'date', half: true },
  { name: 'assignedToId', label: 'Agent', kind: 'member' },
  { name: 'features', label: 'Features', kind: 'tags' },
  { name: 'description', label: 'Description', kind: 'area' },
];
