import { readConfig, withEnvironmentFile } from '../../config.ts';
import { openDatabase } from '../connect.ts';

/**
 * The URLs for prisma.config.ts; starts the embedded server where that is used and holds it for as long as this process
 * lives. Studio reads as the platform role, because the owner sees no rows under forced row-level security.
 */
export async function prismaUrls(argv: string[]): Promise<{ url: string; shadowDatabaseUrl?: string }> {
  const config = readConfig(withEnvironmentFile(process.env, process.cwd()), process.cwd());
  // On the standard error output: what Prisma prints (a diff, for instance) may be piped.
  const { urls } = await openDatabase(config, (step) => console.error(`${step} …`));
  const url = argv.includes('studio') ? urls.platform : urls.owner;
  return urls.shadow === undefined ? { url } : { url, shadowDatabaseUrl: urls.shadow };
}
