export { enqueueFor } from './enqueue-for.ts';
export { housekeeping } from './housekeeping.ts';
export { doublingPause, type JobLog, type WorkerOptions } from './options.ts';
export type { PlatformJob } from './platform-job.ts';
export { startWorker, type Worker } from './worker.ts';
