import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { connectTo } from '../../src/database/client.ts';
import { seedDemo, seedPlatform } from '../../src/modules/provisioning/index.ts';
import { prepareGround } from '../../src/tenancy/attack/ground.ts';
import {
  type AttackOptions,
  attack,
  ISOLATION_PAGE,
  isolationPage,
  listMutants,
  reportObject,
} from '../../src/tenancy/attack/index.ts';
import { planSuite } from '../../src/tenancy/attack/suite.ts';
import { readGenerated } from '../../src/tenancy/index.ts';
import { contextKey, root, TEMPLATE, type TestServer, testServers, urlOf } from '../support/server.ts';

const MINUTES = 60_000;
const { boundary, objects } = readGenerated(root);
const made: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const drop of made) await drop();
});

/** A seeded database to which nobody is connected, as copying it needs. */
async function seeded({ superuserUrl }: TestServer): Promise<AttackOptions> {
  const database = `test_attack_${randomBytes(4).toString('hex')}`;
  const admin = await connectTo(superuserUrl);
  made.push(async () => {
    await admin.query(`DROP DATABASE ${database}`);
    await admin.end();
  });
  await admin.query(
    `CREATE DATABASE ${database} OWNER lotline_owner TEMPLATE ${TEMPLATE} STRATEGY file_copy`,
  );
  const loginUrl = (role: string, name: string) => urlOf(superuserUrl, name, role);
  const platform = await connectTo(loginUrl('lotline_platform', database));
  try {
    await seedPlatform(platform);
    await seedDemo(platform);
  } finally {
    await platform.end();
  }
  return { superuserUrl, database, boundary, objects, key: contextKey, loginUrl };
}

/** The first table of each scope. */
function onePerScope() {
  const first = new Map(boundary.models.toReversed().map((m) => [m.scope, m.table]));
  return (table: { label: string }) => [...first.values()].includes(table.label);
}

describe.each(testServers())('the attack on PostgreSQL $version', (server) => {
  it(
    'finds nothing, and notices every eleventh mutant',
    async () => {
      const report = await attack({
        ...(await seeded(server)),
        // The whole set runs on the newest server; what differs between servers shows on one table of each scope.
        ...(server === testServers()[0] ? {} : { tables: onePerScope() }),
        mutants: (_, i) => i % 11 === 0,
      });
      const { findings, gaps, survived, ok, tables, mutants } = reportObject(report);
      expect({ findings, gaps, survived }).toEqual({ findings: [], gaps: [], survived: [] });
      expect({ ok, tables }).toEqual({ ok: true, tables: boundary.models.length });
      expect(mutants).toBeGreaterThan(10);
    },
    15 * MINUTES,
  );
});

describe('the attack', () => {
  it(
    'tries at least 60 mutants of every kind, and its page is current',
    async () => {
      const { superuserUrl, database } = await seeded(testServers()[0]!);
      const ground = await prepareGround(superuserUrl, database, boundary, contextKey, 1);
      try {
        const suite = await planSuite(ground.sessions[0]!, boundary, objects, contextKey);
        const mutants = await listMutants(ground.sessions[0]!, suite);
        expect(mutants.length).toBeGreaterThanOrEqual(60);
        expect(new Set(mutants.map((m) => m.kind)).size).toBe(9);
        expect(isolationPage(suite, mutants)).toBe(readFileSync(join(root, ISOLATION_PAGE), 'utf8'));
      } finally {
        await ground.close();
      }
    },
    5 * MINUTES,
  );

  it(
    'is red for a table that nobody declared and for one without rows of two tenants',
    async () => {
      const options = await seeded(testServers()[0]!);
      const platform = await connectTo(options.loginUrl!('lotline_platform', options.database));
      await platform.query('DELETE FROM public.workflows');
      await platform.end();
      const admin = await connectTo(urlOf(options.superuserUrl, options.database));
      await admin.query('CREATE TABLE public.new_table (id uuid PRIMARY KEY)');
      await admin.end();
      const report = await attack({ ...options, tables: () => false, mutants: () => false });
      expect(report.ok).toBe(false);
      expect(report.suite.gaps).toEqual([
        'new_table: no model declares whose rows these are',
        'workflows: no rows at all',
      ]);
    },
    5 * MINUTES,
  );
});
