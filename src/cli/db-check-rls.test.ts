import { beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { root, testServers } from '../../test/support/server.ts';
import { declaredCatalogue } from '../migrations/index.ts';
import { checkBoundary } from './db-check-rls.ts';
import { boundaryText } from './db-check-rls-text.ts';

it('the oldest server prints the migrated database as it prints the declaration', async () => {
  const db = await freshDatabase({ server: testServers().at(-1)! });
  const report = await checkBoundary({ ownerUrl: db.urls.owner, root });
  expect(report.findings).toEqual([]);
});

describe('the live database against its declaration', () => {
  let db: TestDatabase;
  let declared: Awaited<ReturnType<typeof declaredCatalogue>>;

  beforeAll(async () => {
    db = await freshDatabase();
    declared = await declaredCatalogue(root, db.urls.owner);
  });

  const check = () => checkBoundary({ ownerUrl: db.urls.owner, root, declared });

  /** Breaks as a superuser, looks, mends, and looks again. */
  async function broken<T>(sql: string, look: () => Promise<T>, mend: (seen: T) => string): Promise<T> {
    await db.superuser.query(sql);
    const seen = await look();
    await db.superuser.query(mend(seen));
    return seen;
  }

  it('give what is waived, and one line where there is nothing to mend', async () => {
    const report = await check();
    expect(report).toMatchObject({ tables: 64, enabled: 64, forced: 64, findings: [], ok: true });
    const text = await boundaryText(report);
    expect(text).toMatch(new RegExp(`64 tables, ${report.policies} policies: nothing to mend, \\d+ waived$`));
    for (const { key, waiver } of report.waived) {
      expect(text).toContain(key);
      expect(text).toContain(waiver.reason);
    }
  });

  it('show a policy that was altered behind its name, and the remedy restores it', async () => {
    const report = await broken(
      "ALTER POLICY leads_delete ON leads USING (organization_id = (select app.current_organization_id()) AND name <> 'kept')",
      check,
      ({ findings }) => remedyOf(findings[0]!),
    );
    expect(report.ok).toBe(false);
    expect(report.findings.map((f) => f.key)).toEqual(['declaration-differs:policy leads.leads_delete']);
    expect(await boundaryText(report)).toMatch(
      /error: The database does not say.*1 error, 0 warnings, \d+ waived$/s,
    );
    expect((await check()).findings).toEqual([]);
  });
});

function remedyOf({ remedy }: { remedy: string }): string {
  return /`([^`]+)`/.exec(remedy)![1]!;
}
