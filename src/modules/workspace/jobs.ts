import { z } from 'zod';
import { job } from '../../queue/index.ts';
import { remindOfDueTasks } from './reminders.ts';

export const jobs = [
  job({
    name: 'workspace.remind-of-due-tasks',
    input: z.unknown(),
    // In the morning, where the organization is.
    schedule: { cron: '0 7 * * *', timezone: 'organization' },
    work: async ({ db, signal }) => ({ reminded: await remindOfDueTasks(db, { signal }) }),
  }),
];
