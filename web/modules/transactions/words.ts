import type { Model } from '../../api/client.ts';
import { collection } from '../../api/collection.ts';
import type { BadgeTone } from '../../ui/badge.tsx';
import type { FieldSpec } from '../../ui/editor/field-spec.ts';
import { optionsOf } from '../../ui/options.ts';

export const loops = collection<'TransactionLoop'>('transaction-loops');
export const loopTasks = collection<'TransactionTask'>('transaction-tasks');
export const versions = collection<'DocumentVersion'>('document-versions');
export const signatures = collection<'DocumentSignature'>('document-signatures');
export const requests = collection<'SignatureRequest'>('signature-requests');

export type Loop = Model<'TransactionLoop'>;
export type LoopStatus = Model<'LoopStatus'>;
export type Party = Model<'LoopParty'>;
export type LoopDocument = Model<'Document'>;
export type LoopTask = Model<'TransactionTask'>;

export const STATUSES = optionsOf<LoopStatus>(
  'DRAFT',
  'ACTIVE',
  'UNDER_CONTRACT',
  'CLOSING',
  'CLOSED',
  'CANCELLED',
  'ARCHIVED',
);
export const TYPES = optionsOf<Model<'TransactionType'>>(
  'PURCHASE_AGREEMENT',
  'LISTING_AGREEMENT',
  'LEASE_AGREEMENT',
  'COMMERCIAL_PURCHASE',
  'COMMERCIAL_LEASE',
);
export const PARTY_ROLES = optionsOf<Model<'PartyRole'>>(
  'BUYER',
  'SELLER',
  'BUYER_AGENT',
  'LISTING_AGENT',
  'LENDER',
  'TITLE_COMPANY',
  'INSPECTOR',
  'APPRAISER',
  'ATTORNEY',
  'ESCROW_OFFICER',
  'OTHER',
);
export const TASK_PRIORITIES = optionsOf<'LOW' | 'MEDIUM' | 'HIGH' | 'URGENT'>(
  'LOW',
  'MEDIUM',
  'HIGH',
  'URGENT',
);

export const STATUS_TONES: Readonly<Record<LoopStatus, BadgeTone>> = {
  DRAFT: 'neutral',
  ACTIVE: 'info',
  UNDER_CONTRACT: 'violet',
  CLOSING: 'warn',
  CLOSED: 'good',
  CANCELLED: 'bad',
  ARCHIVED: 'neutral',
};

export const DOCUMENT_TONES: Readonly<Record<Model<'DocumentStatus'>, BadgeTone>> = {
  DRAFT: 'neutral',
  PENDING: 'warn',
  REVIEWED: 'info',
  SIGNED: 'good',
  ARCHIVED: 'neutral',
};

export const LOOP_FIELDS: readonly FieldSpec[] = [
  { name: 'propertyAddress', label: 'Property address', kind: 'text', required: true },
  {
    name: 'transactionType',
    label: 'Type',
    kind: 'select',
    options: TYPES,
    required: true,
    initial: 'PURCHASE_AGREEMENT',
  },
  { name: 'listingPrice', label: 'Price', kind: 'money', required: true, half: true },
  { name: 'expectedClosing', label: 'Expected closing', kind: 'date', half: true },
];

export const TASK_FIELDS: readonly FieldSpec[] = [
  { name: 'title', label: 'Title', kind: 'text', required: true },
  {
    name: 'priority',
    label: 'Priority',
    kind: 'select',
    options: TASK_PRIORITIES,
    required: true,
    half: true,
    initial: 'MEDIUM',
  },
  { name: 'dueDate', label: 'Due', kind: 'date', half: true },
  { name: 'description', label: 'Description', kind: 'area' },
];
