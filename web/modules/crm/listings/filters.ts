import type { Filter } from '../../../ui/filter-bar.tsx';
import { PROPERTY_TYPES, STATUSES } from './listing-words.ts';

export const LISTING_FILTERS: readonly Filter[] = [
  { field: 'status', label: 'Status', options: STATUSES },
  { field: 'propertyType', label: 'Type', options: PROPERTY_TYPES },
  {
    field: 'bedrooms',
    label: 'Bedrooms',
    options: ['1', '2', '3', '4', '5', '6'].map((value) => ({ value, label: value })),
  },
];
