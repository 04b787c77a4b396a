export { type EnqueueOptions, enqueue } from './enqueue.ts';
export { type AnyJob, type Job, type JobCall, job } from './job.ts';
