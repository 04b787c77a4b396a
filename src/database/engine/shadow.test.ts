import { afterEach, describe, expect, it } from 'vitest';
import { serverUrls } from '../../../test/support/server.ts';
import { scratchDatabase } from './scratch.ts';
import { ShadowDatabases } from './shadow.ts';

describe('a configured shadow database', () => {
  const databases: { dispose(): Promise<unknown> }[] = [];
  const database = async () => {
    const made = await scratchDatabase(serverUrls()[0]!);
    databases.push(made);
    return made;
  };
  afterEach(async () => {
    for (const made of databases.splice(0)) await made.dispose();
  });

  it('is refused when another name of the host leads to the main database, which keeps its tables', async () => {
    const main = await database();
    await main.run('CREATE TABLE kept (id int)');
    const alias = main.url.replace('127.0.0.1', 'localhost');
    expect(alias).not.toBe(main.url);
    await expect(new ShadowDatabases().connect(main.url, alias)).rejects.toThrow(/is the main database/);
    expect(await main.run("SELECT to_regclass('kept') IS NOT NULL AS there")).toEqual([{ there: true }]);
  });

  it('is refused when migrations were applied to it, for then it is somebody’s database', async () => {
    const [main, other] = [await database(), await database()];
    await other.run('CREATE TABLE _prisma_migrations (id int)');
    await expect(new ShadowDatabases().connect(main.url, other.url)).rejects.toThrow(
      /has had migrations applied/,
    );
  });
});
