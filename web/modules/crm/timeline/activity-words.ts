import {
  CalendarDays,
  CircleCheck,
  House,
  type LucideIcon,
  Mail,
  MessagesSquare,
  Phone,
  Reply,
  StickyNote,
} from 'lucide-react';
import type { Model } from '../../../api/client.ts';
import { optionsOf } from '../../../ui/options.ts';

type Type = Model<'ActivityType'>;

export const ACTIVITY_TYPES = optionsOf<Type>(
  'CALL',
  'EMAIL',
  'MEETING',
  'NOTE',
  'SHOWING',
  'OPEN_HOUSE',
  'FOLLOW_UP',
  'TASK',
);

const ICONS: Readonly<Record<Type, LucideIcon>> = {
  CALL: Phone,
  EMAIL: Mail,
  MEETING: MessagesSquare,
  NOTE: StickyNote,
  SHOWING: House,
  OPEN_HOUSE: House,
  FOLLOW_UP: Reply,
  TASK: CircleCheck,
};

export const activityIcon = (type: string): LucideIcon => ICONS[type as Type] ?? CalendarDays;
