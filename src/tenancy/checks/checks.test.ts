import { beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { root, testServers } from '../../../test/support/server.ts';
import type { Boundary } from '../boundary.ts';
import { compileSchema } from '../compile.ts';
import { readSchemaFiles } from '../schema-files.ts';
import {
  type Check,
  type CheckContext,
  checkContext,
  type Finding,
  listChecks,
  runCheck,
  runChecks,
} from './index.ts';
import { functionCases } from './testing/function-cases.ts';
import { keyCases } from './testing/key-cases.ts';
import { policyCases } from './testing/policy-cases.ts';
import { roleCases } from './testing/role-cases.ts';
import { tableCases } from './testing/table-cases.ts';

const cases = [...tableCases, ...policyCases, ...roleCases, ...functionCases, ...keyCases];
const checks = await listChecks();

/** Checks whose rule cannot be broken by SQL within a transaction. */
const provedElsewhere = ['declaration-differs', 'server-leaks-statistics'];

describe('the list of checks', () => {
  it('has a case that breaks the rule for every check', () => {
    const proved = new Set([...cases.map((c) => c.check), ...provedElsewhere]);
    expect(checks.map((c) => c.name).filter((name) => !proved.has(name))).toEqual([]);
  });

  it('says a title and a reason for each, and names it once', () => {
    for (const check of checks) {
      expect(check.title, check.name).toMatch(/^[A-Z].{10,80}[^.]$/);
      expect(check.why, check.name).toMatch(/^[A-Z].{40,}\.$/);
    }
    expect(new Set(checks.map((c) => c.name)).size).toBe(checks.length);
  });
});

describe('outside of SQL', () => {
  const find = (name: string) => checks.find((c) => c.name === name)!;

  it.each([
    [150_013, ['server']],
    [150_014, []],
    [170_005, ['server']],
    [180_000, []],
  ])('release %i is reported where its statistics leak', async (number, objects) => {
    const client = { query: async () => ({ rows: [{ number }] }) } as unknown as CheckContext['client'];
    const found = await find('server-leaks-statistics').run({ client } as CheckContext);
    expect(found.map((f) => f.object)).toEqual(objects);
  });
});

describe.each(testServers())('on PostgreSQL $version', (server) => {
  let db: TestDatabase;
  let boundary: Boundary;

  beforeAll(async () => {
    db = await freshDatabase({ server });
    boundary = await compileSchema(readSchemaFiles(root).prisma);
  });

  /** Runs `work` in a transaction that leaves nothing behind. */
  async function inPassing<T>(work: () => Promise<T>): Promise<T> {
    await db.superuser.query("BEGIN; SET LOCAL search_path = ''");
    try {
      return await work();
    } finally {
      await db.superuser.query('ROLLBACK');
    }
  }

  const run = (check: Check): Promise<Finding[]> => runCheck(check, checkContext(db.superuser, boundary));

  it('finds nothing in the migrated database', async () => {
    expect(await inPassing(() => runChecks(checks, checkContext(db.superuser, boundary)))).toEqual([]);
  });

  // What the server prints and how it keeps memberships differ between releases; that a rule is found does not.
  it.each(server.version === 18 ? cases : roleCases)(
    '$check finds $finds, until it is mended',
    async ({ check: name, breaks, object, mend }) => {
      const check = checks.find((c) => c.name === name)!;
      await inPassing(async () => {
        await db.superuser.query(typeof breaks === 'string' ? breaks : breaks(server.version));
        const [finding, ...others] = await run(check);
        expect(others).toEqual([]);
        expect(finding).toMatchObject({ name, object, level: check.level, key: `${name}:${object}` });
        const sql = mend ?? statementsIn(finding!.remedy);
        expect(sql, finding!.remedy).not.toBe('');
        await db.superuser.query(sql);
        expect(await run(check)).toEqual([]);
      });
    },
  );
});

/** What a remedy offers between backticks. */
function statementsIn(remedy: string): string {
  return [...remedy.matchAll(/`([^`]+)`/g)].map((m) => m[1]).join(' ');
}
