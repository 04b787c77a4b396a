import type { Module } from '../module.ts';
import { cancelJob, getJob, listJobs, retryJob } from './routes.ts';

export {
  cancelRun,
  getRun,
  listRuns,
  RUN_STATUSES,
  type Run,
  type RunFilter,
  type RunStatus,
  retryRun,
  type WholeRun,
} from './runs.ts';

export const jobs: Module = {
  name: 'jobs',
  description:
    'Work that goes on in the background: what is queued, runs, failed. Failed runs can be retried.',
  routes: [listJobs, getJob, retryJob, cancelJob],
  jobs: [],
  rules: [],
};
