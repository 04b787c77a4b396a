import type { Model } from '../../../api/client.ts';
import type { BadgeTone } from '../../../ui/badge.tsx';
import type { FieldSpec } from '../../../ui/editor/field-spec.ts';
import { optionsOf } from '../../../ui/options.ts';

export const SOURCES = optionsOf<Model<'LeadSource'>>(
  'WEBSITE',
  'REFERRAL',
  'GOOGLE_ADS',
  'SOCIAL_MEDIA',
  'COLD_CALL',
  'EMAIL_CAMPAIGN',
  'EVENT',
  'PARTNER',
  'OTHER',
);
export const STATUSES = optionsOf<Model<'LeadStatus'>>(
  'NEW_LEAD',
  'IN_CONTACT',
  'QUALIFIED',
  'UNQUALIFIED',
  'CONVERTED',
  'LOST',
);
export const SCORES = optionsOf<Model<'LeadScore'>>('HOT', 'WARM', 'COLD');

export const SCORE_TONES: Readonly<Record<Model<'LeadScore'>, BadgeTone>> = {
  HOT: 'bad',
  WARM: 'warn',
  COLD: 'info',
};

export const LEAD_FIELDS: readonly FieldSpec[] = [
  { name: 'name', label: 'Name', kind: 'text', required: true },
  { name: 'email', label: 'E-mail', kind: 'email', half: true },
  { name: 'phone', label: 'Phone', kind: 'tel', half: true },
  {
    name: 'source',
    label: 'Source',
    kind: 'select',
    options: SOURCES,
    required: true,
    half: true,
    initial: 'WEBSITE',
  },
  {
    name: 'status',
    label: 'Status',
    kind: 'select',
    // Converted by conversion alone.
    options: STATUSES.filter((s) => s.value !== 'CONVERTED'),
    required: true,
    half: true,
    initial: 'NEW_LEAD',
  },
  { name: 'budget', label: 'Budget', kind: 'money', half: true },
  { name: 'timeline', label: 'Timeline', kind: 'text', half: true, hint: 'When they want to move' },
  { name: 'company', label: 'Company', kind: 'text', half: true },
  { name: 'assignedToId', label: 'Agent', kind: 'member', half: true },
  { name: 'tags', label: 'Tags', kind: 'tags' },
  { name: 'notes', label: 'Notes', kind: 'area' },
];
