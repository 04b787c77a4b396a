import { type Config, readConfig, withEnvironmentFile } from '../config.ts';
import { type Database, openDatabase } from '../database/connect.ts';
import { projectRoot } from '../root.ts';
import { type Progress, terminalProgress } from './progress.ts';

/** What a command works with: settings, an open database, and somewhere to tell how far it is. */
export interface Session {
  readonly root: string;
  readonly config: Config;
  readonly database: Database;
  readonly progress: Progress;
}

export function settings(): Config {
  return readConfig(withEnvironmentFile(process.env, projectRoot()), projectRoot());
}

/** Opens the selected database for the time of `work` and gives it up afterwards, whatever happens. */
export async function withSession<T>(json: boolean, work: (session: Session) => Promise<T>): Promise<T> {
  const config = settings();
  const progress = terminalProgress(process.stderr, json);
  try {
    const database = await openDatabase(config, (message) => progress.step(message));
    try {
      return await work({ root: config.root, config, database, progress });
    } finally {
      await database.close();
    }
  } finally {
    progress.done();
  }
}
