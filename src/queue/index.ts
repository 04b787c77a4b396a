export { type EnqueueOptions, enqueue } from './enqueue.ts';
export { type AnyJob, type Job, type JobCall, job, z } from './job.ts';
export { prepareQueue, WORKER_SCHEMA } from './prepare.ts';
