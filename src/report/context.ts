import type { Config } from '../config.ts';
import { contextKey, type Database } from '../database/connect.ts';
import { readGenerated } from '../tenancy/index.ts';
import type { Probes, ReportContext } from './step.ts';

/** What the steps work on, for an open database. */
export async function reportContext(
  config: Config,
  database: Database,
  probes: Probes,
): Promise<ReportContext> {
  return {
    root: config.root,
    database,
    key: await contextKey(config, database),
    boundary: () => readGenerated(config.root).boundary,
    probes,
  };
}
