import { z } from 'zod';
import { type AnyJob, job } from '../../queue/index.ts';
import { expireRequests, remindSigners } from './expiry.ts';

const nothing = z.object({});

export const jobs: readonly AnyJob[] = [
  job({
    name: 'transactions.expire-signature-requests',
    input: nothing,
    schedule: { cron: '*/15 * * * *' },
    work: async ({ db, signal }) => ({ expired: await expireRequests(db, new Date(), signal) }),
  }),
  job({
    name: 'transactions.remind-signers',
    input: nothing,
    schedule: { cron: '0 9 * * *', timezone: 'organization' },
    work: async ({ db }) => ({ reminded: await remindSigners(db, new Date()) }),
  }),
];
