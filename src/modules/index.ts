import type { AnyJob } from '../queue/index.ts';
import { content } from './content/index.ts';
import { crm } from './crm/index.ts';
import { type FilesOptions, filesModule, sweepJob } from './files/index.ts';
import { jobs } from './jobs/index.ts';
import type { Module } from './module.ts';
import { type OrganizationsOptions, organizationsModule } from './organizations/index.ts';
import { transactions } from './transactions/index.ts';
import { workspace } from './workspace/index.ts';

export type { Module } from './module.ts';

/** The modules that need nothing but the database. */
const PLAIN: readonly Module[] = [crm, transactions, workspace, content, jobs];

/** Every module with a server side of its own. The data API serves the models of all, with these rules. */
export function allModules(options: OrganizationsOptions & FilesOptions): readonly Module[] {
  return [organizationsModule(options), ...PLAIN, filesModule(options)];
}

/** The jobs of all modules: what every worker knows, in the server's process or beside it. */
export function allJobs({ storage, spoolFolder }: Pick<FilesOptions, 'storage' | 'spoolFolder'>): AnyJob[] {
  return [...PLAIN.flatMap((m) => m.jobs), sweepJob(storage, spoolFolder)];
}
