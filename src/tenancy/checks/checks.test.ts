import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { root, testServers } from '../../../test/support/server.ts';
import type { Boundary } from '../boundary.ts';
import { compileSchema } from '../compile.ts';
import { withBeside } from '../emit-beside.ts';
import { readModuleSql } from '../module-sql.ts';
import { readSchemaFiles } from '../schema-files.ts';
import {
  type Check,
  type CheckContext,
  checkContext,
  type Finding,
  listChecks,
  readWaivers,
  runCheck,
  runChecks,
} from './index.ts';
import { listCases, listNearMisses } from './testing/list-cases.ts';

const checks = await listChecks();
const cases = await listCases();
const kept = [...(await listNearMisses())].flatMap(([name, list]) => list.map((sql) => ({ name, sql })));
const broken = [...cases].flatMap(([name, list]) => list.map((c) => ({ ...c, name })));

/** Checks whose rule cannot be broken by SQL within a transaction, and the test that breaks it. */
const PROVED_ELSEWHERE: Record<string, string> = {
  'declaration-differs': 'src/cli/db-sync.test.ts',
  'server-leaks-statistics': 'below',
  'waiver-expired': 'waivers/waivers.test.ts',
  'waiver-unused': 'waivers/waivers.test.ts',
};

describe('the list of checks', () => {
  it('has a case that breaks the rule for every check', () => {
    const proved = new Set([...cases.keys(), ...Object.keys(PROVED_ELSEWHERE)]);
    expect(checks.map((c) => c.name).filter((name) => !proved.has(name))).toEqual([]);
    expect([...cases].filter(([, list]) => list.length === 0)).toEqual([]);
  });

  it('has no case or query without its check', () => {
    const names = new Set(checks.map((c) => c.name));
    const files = readdirSync(new URL('.', import.meta.url)).filter((f) => /\.(case\.ts|sql)$/.test(f));
    expect(files.filter((f) => !names.has(f.replace(/\.(case\.ts|sql)$/, '')))).toEqual([]);
  });

  it('says a title, a reason and a remedy for each, under the name of its file', () => {
    const stems = readdirSync(new URL('.', import.meta.url)).filter((f) =>
      /^(?!index\.)[a-z-]+\.ts$/.test(f),
    );
    expect(checks.map((c) => `${c.name}.ts`)).toEqual(stems.sort());
    for (const check of checks) {
      expect(check.title, check.name).toMatch(/^[A-Z].{10,80}[^.]$/);
      expect(check.why, check.name).toMatch(/^[A-Z].{40,}\.$/);
      expect(check.mend, check.name).toMatch(/^.{10,}\.$/);
    }
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
  const waivers = readWaivers(
    root,
    checks.map((c) => c.name),
  );
  const waived = new Set(waivers.map((w) => w.key));

  beforeAll(async () => {
    db = await freshDatabase({ server });
    const files = readSchemaFiles(root);
    boundary = withBeside(await compileSchema(files.prisma), await readModuleSql(files.sql));
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

  it('finds nothing in the migrated database but what is waived with a reason', async () => {
    const context = checkContext(db.superuser, boundary, { waivers });
    const report = await inPassing(() => runChecks(checks, context));
    expect(report.findings).toEqual([]);
    expect(report.waived.map((f) => f.key).sort()).toEqual([...waived].sort());
  });

  // What the server prints and how it keeps memberships differ between releases; that a rule is found does not.
  it.each(broken.filter(({ since = 0 }) => server.version >= since))(
    '$name finds $finds, until it is mended',
    async ({ name, first, breaks, object, mend }) => {
      const check = checks.find((c) => c.name === name)!;
      await inPassing(async () => {
        if (first) await db.superuser.query(first);
        const known = new Set((await run(check)).map((f) => f.key));
        expect([...known].filter((key) => !waived.has(key))).toEqual([]);
        await db.superuser.query(typeof breaks === 'string' ? breaks : breaks(server.version));
        const [finding, ...others] = (await run(check)).filter((f) => !known.has(f.key));
        expect(others).toEqual([]);
        expect(finding).toMatchObject({ name, object, level: check.level, key: `${name}:${object}` });
        const sql = mend ?? statementsIn(finding!.remedy);
        expect(sql, finding!.remedy).not.toBe('');
        await db.superuser.query(sql);
        expect((await run(check)).filter((f) => !known.has(f.key))).toEqual([]);
      });
    },
  );

  it.each(kept)('$name finds nothing wrong in $sql', async ({ name, sql }) => {
    const check = checks.find((c) => c.name === name)!;
    await inPassing(async () => {
      await db.superuser.query(sql);
      expect((await run(check)).filter((f) => !waived.has(f.key))).toEqual([]);
    });
  });
});

/** What a remedy offers between backticks. */
function statementsIn(remedy: string): string {
  return [...remedy.matchAll(/`([^`]+)`/g)].map((m) => m[1]).join(' ');
}
