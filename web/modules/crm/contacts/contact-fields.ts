import type { FieldSpec } from '../../../ui/editor/field-spec.ts';
import { STATUSES, TYPES } from './contact-words.ts';

export const CONTACT_FIELDS: readonly FieldSpec[] = [
  { name: 'name', label: 'Name', kind: 'text', required: true },
  { name: 'email', label: 'E-mail', kind: 'email', half: true },
  { name: 'phone', label: 'Phone', kind: 'tel', half: true },
  { name: 'company', label: 'Company', kind: 'text', half: true },
  { name: 'position', label: 'Position', kind: 'text', half: true },
  {
    name: 'type',
    label: 'Type',
    kind: 'select',
    options: TYPES,
    required: true,
    half: true,
    initial: 'PROSPECT',
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
  { name: 'assignedToId', label: 'Agent', kind: 'member' },
  { name: 'tags', label: 'Tags', kind: 'tags', hint: 'Enter or a comma adds one' },
  { name: 'notes', label: 'Notes', kind: 'area' },
];
