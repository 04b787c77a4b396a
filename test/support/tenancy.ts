import { PrismaClient } from '../../src/generated/prisma/client.ts';
import { openTenancy, readGenerated, type Tenancy, type TenancyOptions } from '../../src/tenancy/index.ts';
import type { TestDatabase } from './database.ts';
import { contextKey, root } from './server.ts';

/** The tenant client on a test database, as the application role. Closed after the file's tests, before the database. */
export function tenancyOn(
  db: TestDatabase,
  options: Partial<TenancyOptions<PrismaClient>> = {},
): Tenancy<PrismaClient> {
  const tenancy = openTenancy({
    // Waiting is not what these tests are about, on a machine that does much else.
    client: (options) =>
      new PrismaClient({ ...options, transactionOptions: { maxWait: 30_000, timeout: 30_000 } }),
    boundary: readGenerated(root).boundary,
    url: db.urls.app,
    keys: { signing: () => contextKey },
    connections: 4,
    ...options,
  });
  db.beforeClose(() => tenancy.close());
  return tenancy;
}
