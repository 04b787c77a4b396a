import type { Model } from '../../../api/client.ts';
import type { BadgeTone } from '../../../ui/badge.tsx';
import type { FieldSpec } from '../../../ui/editor/field-spec.ts';
import { optionsOf } from '../../../ui/options.ts';
import { contacts, listings } from '../collections.ts';

export type Stage = Model<'DealStage'>;

export const STAGES = optionsOf<Stage>(
  'LEAD',
  'QUALIFIED',
  'PROPOSAL',
  'NEGOTIATION',
  'CLOSING',
  'CLOSED_WON',
  'CLOSED_LOST',
);

export const STATUS_TONES: Readonly<Record<Model<'DealStatus'>, BadgeTone>> = {
  ACTIVE: 'info',
  WON: 'good',
  LOST: 'bad',
  ABANDONED: 'neutral',
};

export const STATUSES = optionsOf<Model<'DealStatus'>>('ACTIVE', 'WON', 'LOST', 'ABANDONED');

/** The stage is not among them: a deal moves by the board or by its own page. */
export const DEAL_FIELDS: readonly FieldSpec[] = [
  { name: 'title', label: 'Title', kind: 'text', required: true },
  { name: 'value', label: 'Value', kind: 'money', required: true, half: true },
  { name: 'expectedCloseDate', label: 'Expected closing', kind: 'date', half: true },
  { name: 'contactId', label: 'Contact', kind: 'record', of: { collection: contacts, title: 'name' } },
  { name: 'listingId', label: 'Listing', kind: 'record', of: { collection: listings, title: 'title' } },
  { name: 'assignedToId', label: 'Agent', kind: 'member', half: true },
  { name: 'tags', label: 'Tags', kind: 'tags', half: true },
  { name: 'description', label: 'Description', kind: 'area' },
  { name: 'notes', label: 'Notes', kind: 'area' },
];
