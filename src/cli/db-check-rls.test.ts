import { beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { root, testServers } from '../../test/support/server.ts';
import { declaredCatalogue } from '../migrations/index.ts';
import { checkBoundary } from './db-check-rls.ts';
import { boundaryText } from './db-check-rls-text.ts';
import { findDrift, syncText } from './db-sync.ts';

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

  const sync = () => findDrift({ ownerUrl: db.urls.owner, root, declared });
  const check = () => checkBoundary({ ownerUrl: db.urls.owner, root, declared });

  /** Breaks as a superuser, looks, mends, and looks again. */
  async function broken<T>(sql: string, look: () => Promise<T>, mend: (seen: T) => string): Promise<T> {
    await db.superuser.query(sql);
    const seen = await look();
    await db.superuser.query(mend(seen));
    return seen;
  }

  it('are equal after the migrations', async () => {
    const report = await sync();
    expect(report).toEqual({ drift: [], pending: [], ok: true });
    expect(syncText(report)).toBe('The database is what the schema declares.');
  });

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

  it.each([
    ['grants lotline_app leads', 'REVOKE DELETE ON leads FROM lotline_app'],
    ['rls leads', 'ALTER TABLE leads NO FORCE ROW LEVEL SECURITY'],
    [
      'constraint leads.leads_odd_rule',
      "ALTER TABLE leads ADD CONSTRAINT leads_odd_rule CHECK (name <> 'odd')",
    ],
    ['index leads_odd_idx', 'CREATE INDEX leads_odd_idx ON leads (organization_id, name)'],
    ['column leads.odd', 'ALTER TABLE leads ADD COLUMN odd text'],
    ['enum mood', "CREATE TYPE mood AS ENUM ('GOOD')"],
    ['table odd', 'CREATE TABLE odd (id int PRIMARY KEY); ALTER TABLE odd OWNER TO lotline_owner'],
    ['trigger organization_members.keep_an_owner', 'DROP TRIGGER keep_an_owner ON organization_members'],
  ])('show %s as the only drift, and the remedy mends it', async (key, sql) => {
    const { drift, ok } = await broken(sql, sync, (report) => remedyOf(report.drift[0]!));
    expect(ok).toBe(false);
    expect(drift.map((d) => d.key)).toEqual([key]);
    expect(await sync()).toEqual({ drift: [], pending: [], ok: true });
  });

  it('show a function whose body was exchanged', async () => {
    const original = declared.catalogue
      .get('function app.is_org_admin')!
      .replace(/owner lotline_owner acl.*$/s, '');
    const report = await broken(
      "CREATE OR REPLACE FUNCTION app.is_org_admin() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS 'SELECT true'",
      check,
      () => original,
    );
    expect(report.findings.map((f) => f.key)).toEqual([
      'context-function-changed:app.is_org_admin',
      'declaration-differs:function app.is_org_admin',
    ]);
    expect(report.findings[1]!.detail).toMatch(/differs: line \d+ is/);
    expect((await sync()).ok).toBe(true);
  });
});

function remedyOf({ remedy }: { remedy: string }): string {
  return /`([^`]+)`/.exec(remedy)![1]!;
}
