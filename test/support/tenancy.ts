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
    client: (options) => new PrismaClient(options),
    boundary: readGenerated(root).boundary,
    url: db.urls.app,
    keys: { signing: () => contextKey },
    connections: 4,
    ...options,
  });
  db.beforeClose(() => tenancy.close());
  return tenancy;
}
