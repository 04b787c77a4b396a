import { jobs } from '../modules/jobs/index.ts';
import type { Module } from '../modules/module.ts';
import type { AnyJob } from '../queue/index.ts';

/** The modules whose jobs every worker knows. */
const MODULES: readonly Module[] = [jobs];

/** The jobs of all modules. The one place that names them; the server and `npm run worker` both take them from here. */
export function declaredJobs(): AnyJob[] {
  return MODULES.flatMap((m) => m.jobs);
}
