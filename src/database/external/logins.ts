import { randomBytes } from 'node:crypto';
import type { Config } from '../../config.ts';
import type { DatabaseUrls, DerivedLogin } from '../connect.ts';
import { keepSecrets } from './kept.ts';
import { place } from './probe.ts';

type Door = 'app' | 'platform' | 'ingest';

/**
 * How the roles log in to an external server: by their own setting, else at the address and with the options of
 * DATABASE_URL with a password that is made once and kept.
 */
export async function loginUrls(
  config: Config,
  databaseUrl: string,
): Promise<{ urls: Pick<DatabaseUrls, Door>; derived: DerivedLogin[] }> {
  const given: Record<Door, string | undefined> = {
    app: config.appDatabaseUrl,
    platform: config.platformDatabaseUrl,
    ingest: config.ingestDatabaseUrl,
  };
  const doors = ['app', 'platform', 'ingest'] as const;
  const missing = doors.filter((door) => given[door] === undefined);
  const passwords = missing.length > 0 ? await passwordsFor(config.dataFolder, databaseUrl, missing) : {};
  const derived: DerivedLogin[] = [];
  const urlOf = (door: Door): string => {
    const own = given[door];
    if (own !== undefined) return own;
    const role = `lotline_${door}`;
    const url = new URL(databaseUrl);
    const password = passwords[role] ?? '';
    url.username = role;
    url.password = password;
    derived.push({ role, url: url.href, password });
    return url.href;
  };
  return {
    urls: { app: urlOf('app'), platform: urlOf('platform'), ingest: urlOf('ingest') },
    derived,
  };
}

function passwordsFor(
  dataFolder: string,
  databaseUrl: string,
  doors: readonly Door[],
): Promise<Record<string, string>> {
  return keepSecrets(dataFolder, ({ logins }) => {
    const address = place(databaseUrl);
    logins[address] ??= {};
    const kept = logins[address];
    for (const door of doors) kept[`lotline_${door}`] ??= randomBytes(32).toString('hex');
    return { ...kept };
  });
}
