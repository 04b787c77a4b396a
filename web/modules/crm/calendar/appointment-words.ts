import type { Model } from '../../../api/client.ts';
import type { BadgeTone } from '../../../ui/badge.tsx';
import { optionsOf } from '../../../ui/options.ts';

type Status = Model<'AppointmentStatus'>;

export const TYPES = optionsOf<Model<'AppointmentType'>>(
  'SHOWING',
  'MEETING',
  'CALL',
  'OPEN_HOUSE',
  'FOLLOW_UP',
  'OTHER',
);

export const STATUS_TONES: Readonly<Record<Status, BadgeTone>> = {
  SCHEDULED: 'info',
  CONFIRMED: 'good',
  COMPLETED: 'neutral',
  CANCELLED: 'bad',
  NO_SHOW: 'warn',
};
