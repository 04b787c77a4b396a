import type { AnyRoute } from '../../http/index.ts';
import { archiveRoutes } from './routes/archive.ts';
import { calendarRoutes } from './routes/calendar.ts';
import { contactRoutes } from './routes/contacts.ts';
import { dealRoutes } from './routes/deals.ts';
import { leadRoutes } from './routes/leads.ts';
import { timelineRoutes } from './routes/timelines.ts';

/** What the CRM offers beyond reading and writing its models; by noun in `routes/`. */
export const routes: readonly AnyRoute[] = [
  ...leadRoutes,
  ...contactRoutes,
  ...dealRoutes,
  ...calendarRoutes,
  ...timelineRoutes,
  ...archiveRoutes,
];
