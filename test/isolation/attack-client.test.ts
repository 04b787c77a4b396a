import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectTo } from '../../src/database/client.ts';
import { PrismaClient } from '../../src/generated/prisma/client.ts';
import { seedDemo, seedPlatform } from '../../src/modules/provisioning/index.ts';
import { attackClient } from '../../src/tenancy/attack/index.ts';
import { readGenerated } from '../../src/tenancy/index.ts';
import { hasPgBouncer, startPgBouncer } from '../support/pgbouncer.ts';
import { contextKey, root, TEMPLATE, testServers, urlOf } from '../support/server.ts';

describe.each(testServers())(
  'the attack on the tenant client on PostgreSQL $version',
  ({ superuserUrl, version }) => {
    it('finds nothing, and notices every fifth mutant', async () => {
      const database = `test_attack_${randomBytes(4).toString('hex')}`;
      const admin = await connectTo(superuserUrl);
      await admin.query(
        `CREATE DATABASE ${database} OWNER lotline_owner TEMPLATE ${TEMPLATE} STRATEGY file_copy`,
      );
      const platform = await connectTo(urlOf(superuserUrl, database, 'lotline_platform'));
      await seedPlatform(platform);
      await seedDemo(platform);
      await platform.end();
      try {
        const report = await attackClient({
          superuserUrl,
          database,
          boundary: readGenerated(root).boundary,
          key: contextKey,
          loginUrl: (role, name) => urlOf(superuserUrl, name, role),
          ...(hasPgBouncer
            ? { pooler: (url: string) => startPgBouncer(url, ['default_pool_size = 1']) }
            : {}),
          prisma: (options) =>
            new PrismaClient({ ...options, transactionOptions: { maxWait: 30_000, timeout: 30_000 } }),
          sources: join(root, 'src/tenancy/client'),
          calls: 1500,
          mutants: (_, i) => i % 5 === version % 5,
        });
        expect(report.probes.flatMap((p) => p.findings)).toEqual([]);
        expect(report.mutants.filter((m) => !m.killedBy).map((m) => m.broken ?? m.mutant.name)).toEqual([]);
        expect(report.mutants.length).toBeGreaterThan(4);
      } finally {
        await admin.query(`DROP DATABASE ${database}`);
        await admin.end();
      }
    }, 300_000);
  },
);
