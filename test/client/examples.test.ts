import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, it } from 'vitest';
import { PrismaClient } from '../../src/generated/prisma/client.ts';
import { openTenancy, readGenerated, type Tenancy, TenancyError } from '../../src/tenancy/index.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { contextKey, root } from '../support/server.ts';
import { tenancyOn } from '../support/tenancy.ts';
import { type Tenant, tenant } from '../support/tenants.ts';

const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
const folder = join(root, 'src/tenancy/client');
const files = readdirSync(folder).filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts'));
const examples = files.flatMap((file) =>
  [...readFileSync(join(folder, file), 'utf8').matchAll(/@example\n([\s\S]*?)(?=\n\s*\* @|\n\s*\*\/)/g)].map(
    (match, i) => [`${file} ${i + 1}`, match[1]!.replaceAll(/^\s*\* ?/gm, '')] as const,
  ),
);
const page = readFileSync(join(root, 'docs/tenant-client.md'), 'utf8');
examples.push(
  ...[...page.matchAll(/```js\n([\s\S]*?)```/g)].map(
    (m, i) => [`docs/tenant-client.md ${i + 1}`, m[1]!] as const,
  ),
);

describe('the examples in the docstrings and in the guide run as they are written', () => {
  let db: TestDatabase;
  let ours: Tenant;
  let tenancy: Tenancy<PrismaClient>;

  beforeAll(async () => {
    db = await freshDatabase();
    ours = await tenant(db);
    tenancy = tenancyOn(db);
  });

  it.each(examples)('%s', async (_, code) => {
    const { boundary } = readGenerated(root);
    const organizationId = ours.id;
    const userId = ours.owner;
    const opened: Tenancy<PrismaClient>[] = [];
    const names = {
      PrismaClient,
      TenancyError,
      boundary,
      key: contextKey,
      process: { env: { APP_DATABASE_URL: db.urls.app } },
      organizationId,
      userId,
      tenancy,
      db: tenancy.for({ organizationId, userId, role: 'OWNER' }),
      openTenancy: (options: Parameters<typeof openTenancy<PrismaClient>>[0]) => {
        const own = openTenancy(options);
        opened.push(own);
        return own;
      },
    };
    const free = Object.keys(names).filter((n) => !new RegExp(`\\b(const|let) ${n}\\b`).test(code));
    try {
      await new AsyncFunction(...free, code)(...free.map((n) => names[n as keyof typeof names]));
    } finally {
      await Promise.all(opened.map((t) => t.close()));
    }
  });
});
