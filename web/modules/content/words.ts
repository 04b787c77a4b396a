import type { Model } from '../../api/client.ts';
import { collection } from '../../api/collection.ts';
import type { BadgeTone } from '../../ui/badge.tsx';
import type { FieldSpec } from '../../ui/editor/field-spec.ts';
import { optionsOf } from '../../ui/options.ts';

export const pieces = collection<'Content'>('content');
export type Content = Model<'Content'>;
export type Status = Model<'ContentStatus'>;

export const TYPES = optionsOf<Model<'ContentType'>>(
  'PAGE',
  'BLOG_POST',
  'ARTICLE',
  'LANDING_PAGE',
  'NEWSLETTER',
  'EMAIL_TEMPLATE',
  'SOCIAL_POST',
  'PRESS_RELEASE',
  'CASE_STUDY',
  'WHITEPAPER',
  'TEMPLATE',
  'DOCUMENTATION',
);
export const STATUSES = optionsOf<Status>(
  'DRAFT',
  'REVIEW',
  'APPROVED',
  'SCHEDULED',
  'PUBLISHED',
  'ARCHIVED',
);

export const STATUS_TONES: Readonly<Record<Status, BadgeTone>> = {
  DRAFT: 'neutral',
  REVIEW: 'warn',
  APPROVED: 'info',
  SCHEDULED: 'violet',
  PUBLISHED: 'good',
  ARCHIVED: 'neutral',
};

export const NEW_FIELDS: readonly FieldSpec[] = [
  { name: 'title', label: 'Title', kind: 'text', required: true },
  {
    name: 'contentType',
    label: 'Type',
    kind: 'select',
    options: TYPES,
    required: true,
    initial: 'BLOG_POST',
  },
  { name: 'content', label: 'Text', kind: 'area', required: true, hint: 'Markdown' },
];
