import { z } from 'zod';
import { job } from '../../queue/index.ts';
import { rescoreAll } from './lead-scoring.ts';
import { expireListings } from './listings.ts';
import { REMIND, remind } from './reminders.ts';

/** Scores fade with time, every night before anybody works. */
export const rescoreLeads = job({
  name: 'crm.rescore-leads',
  input: z.object({}),
  schedule: { cron: '15 3 * * *', timezone: 'organization' },
  work: ({ db, signal, progress }) => rescoreAll(db, { signal, progress: (done) => progress(done) }),
});

/** A listing's last day ends at midnight where the organization works. */
export const expireOldListings = job({
  name: 'crm.expire-listings',
  input: z.object({}),
  schedule: { cron: '5 0 * * *', timezone: 'organization' },
  work: async ({ db }) => ({ expired: await expireListings(db) }),
});

/** Tells a member that an appointment is near. */
export const remindOfAppointment = job({
  name: REMIND,
  input: z.object({
    appointmentId: z.uuid(),
    startTime: z.iso.datetime(),
    minutesBefore: z.int().positive(),
  }),
  work: ({ db, input }) => remind(db, input),
});

export const jobs = [rescoreLeads, expireOldListings, remindOfAppointment];
