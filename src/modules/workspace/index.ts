import type { Module } from '../module.ts';
import { jobs } from './jobs.ts';
import { routes } from './routes.ts';
import { rules } from './rules.ts';

export { asDate, dayIn, organizationZone } from './calendar.ts';
export { type NewNotification, notify } from './notifications.ts';
export { actingPerson, requireLiveMember } from './people.ts';
export { workspaceRows } from './seed.ts';
export { requireStep, type Transitions } from './transitions.ts';
export { recordUsage } from './usage.ts';

export const workspace: Module = {
  name: 'workspace',
  description: 'Projects, tasks with subtasks, notifications, notices, the activity log and metered use.',
  routes,
  jobs,
  rules,
};
