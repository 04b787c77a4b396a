import type { Model } from '../../../api/client.ts';
import type { BadgeTone } from '../../../ui/badge.tsx';
import { optionsOf } from '../../../ui/options.ts';

export const TYPES = optionsOf<Model<'ContactType'>>(
  'PROSPECT',
  'CLIENT',
  'PAST_CLIENT',
  'PARTNER',
  'VENDOR',
);
export const STATUSES = optionsOf<Model<'ContactStatus'>>('ACTIVE', 'INACTIVE', 'DO_NOT_CONTACT');

export const STATUS_TONES: Readonly<Record<Model<'ContactStatus'>, BadgeTone>> = {
  ACTIVE: 'good',
  INACTIVE: 'neutral',
  DO_NOT_CONTACT: 'bad',
};
