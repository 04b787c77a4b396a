import { beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { root } from '../../test/support/server.ts';
import { compareCatalogues, printCatalogue } from '../database/catalogue.ts';
import { declaredCatalogue } from '../migrations/index.ts';
import { explainDrift } from '../tenancy/checks/index.ts';
import { checkBoundary } from './db-check-rls.ts';
import { findDrift, syncText } from './db-sync.ts';

let db: TestDatabase;
let declared: Awaited<ReturnType<typeof declaredCatalogue>>;

beforeAll(async () => {
  db = await freshDatabase();
  declared = await declaredCatalogue(root, db.urls.owner);
});

const sync = () => findDrift({ ownerUrl: db.urls.owner, root, declared });

it('says in one line that nothing differs after the migrations', async () => {
  const report = await sync();
  expect(report).toEqual({ drift: [], pending: [], ok: true });
  expect(syncText(report)).toBe('The database is what the schema declares.');
});

/** The differences as the open transaction of the superuser sees them. */
async function drift() {
  await db.superuser.query("SET LOCAL search_path = ''");
  const live = await printCatalogue(db.superuser);
  await db.superuser.query('SET LOCAL search_path = public');
  const { boundary, pieces, catalogue } = declared;
  return explainDrift(compareCatalogues(catalogue, live), {
    boundary,
    pieces: [...pieces.before, ...pieces.after],
  });
}

/** What is altered, the difference that shows, and a part of what is expected and of what is there instead. */
type Altered = readonly [key: string, sql: string, expected: string | undefined, actual: string | undefined];

const ALTERED: readonly Altered[] = [
  // Policies
  [
    'policy leads.leads_select',
    'ALTER POLICY leads_select ON leads USING (true)',
    'current_organization_id()',
    'using true',
  ],
  [
    'policy leads.leads_update',
    "ALTER POLICY leads_update ON leads WITH CHECK (name <> '')",
    'check (organization_id',
    'check (name',
  ],
  [
    'policy leads.leads_delete',
    'ALTER POLICY leads_delete ON leads TO lotline_app, lotline_ingest',
    'to lotline_app using',
    'to lotline_app, lotline_ingest',
  ],
  [
    'policy leads.leads_floor',
    `DROP POLICY leads_floor ON leads; CREATE POLICY leads_floor ON leads TO lotline_app
    USING (organization_id = (select app.current_organization_id())) WITH CHECK (organization_id = (select app.current_organization_id()))`,
    'restrictive',
    'permissive',
  ],
  [
    'policy leads.leads_select',
    `DROP POLICY leads_select ON leads; CREATE POLICY leads_select ON leads TO lotline_app
    USING (organization_id = (select app.current_organization_id()))`,
    'permissive select',
    'permissive all',
  ],
  ['policy leads.leads_insert', 'DROP POLICY leads_insert ON leads', 'permissive insert', undefined],
  [
    'policy leads.odd',
    'CREATE POLICY odd ON leads FOR SELECT TO lotline_app USING (true)',
    undefined,
    'using true',
  ],
  [
    'policy app.context_keys.context_keys_owner',
    'ALTER POLICY context_keys_owner ON app.context_keys TO lotline_platform',
    'to lotline_owner',
    'to lotline_platform',
  ],
  // Row security
  ['rls leads', 'ALTER TABLE leads NO FORCE ROW LEVEL SECURITY', 'enabled forced', 'enabled'],
  ['rls leads', 'ALTER TABLE leads DISABLE ROW LEVEL SECURITY', 'enabled forced', 'disabled forced'],
  // Privileges
  ['grants lotline_app leads', 'REVOKE DELETE ON leads FROM lotline_app', 'delete, insert', 'insert'],
  ['grants lotline_app leads', 'GRANT TRUNCATE ON leads TO lotline_app', 'select', 'truncate'],
  [
    'grants lotline_app leads',
    'GRANT SELECT ON leads TO lotline_app WITH GRANT OPTION',
    'select',
    'select with grant option',
  ],
  ['grants public leads', 'GRANT SELECT ON leads TO PUBLIC', undefined, 'select'],
  ['grants lotline_app users', 'GRANT UPDATE (email) ON users TO lotline_app', 'update(', 'email'],
  ['grants lotline_app users', 'REVOKE ALL ON users FROM lotline_app', 'update(', undefined],
  [
    'grants lotline_ingest leads',
    'GRANT REFERENCES (id) ON leads TO lotline_ingest WITH GRANT OPTION',
    undefined,
    'references(id) with grant option',
  ],
  [
    'schema app',
    'GRANT CREATE ON SCHEMA app TO lotline_app',
    'lotline_app: usage',
    'lotline_app: create, usage',
  ],
  ['schema public', 'GRANT CREATE ON SCHEMA public TO PUBLIC', 'public: usage', 'public: create, usage'],
  [
    'schema public',
    'REVOKE USAGE ON SCHEMA public FROM lotline_ingest',
    'lotline_ingest: usage',
    'lotline_app: usage',
  ],
  [
    'schema app',
    'ALTER SCHEMA app OWNER TO lotline_platform',
    'owner lotline_owner',
    'owner lotline_platform',
  ],
  // Default privileges
  [
    'defaults lotline_owner tables public',
    'ALTER DEFAULT PRIVILEGES FOR ROLE lotline_owner IN SCHEMA public GRANT SELECT ON TABLES TO lotline_app',
    undefined,
    'lotline_app: select',
  ],
  [
    'defaults lotline_owner functions',
    'ALTER DEFAULT PRIVILEGES FOR ROLE lotline_owner GRANT EXECUTE ON FUNCTIONS TO PUBLIC',
    undefined,
    'public: execute',
  ],
  [
    'defaults lotline_owner sequences',
    'ALTER DEFAULT PRIVILEGES FOR ROLE lotline_owner GRANT USAGE ON SEQUENCES TO lotline_app WITH GRANT OPTION',
    undefined,
    'usage with grant option',
  ],
  // Tables and columns
  [
    'table leads',
    'ALTER TABLE leads OWNER TO lotline_platform',
    'owner lotline_owner',
    'owner lotline_platform',
  ],
  ['table page_views', 'ALTER TABLE page_views SET UNLOGGED', 'owner lotline_owner', 'unlogged'],
  [
    'table odd',
    'CREATE TABLE odd (id int PRIMARY KEY); ALTER TABLE odd OWNER TO lotline_owner',
    undefined,
    'owner lotline_owner',
  ],
  ['column leads.odd', 'ALTER TABLE leads ADD COLUMN odd text', undefined, 'text'],
  ['column leads.name', 'ALTER TABLE leads ALTER COLUMN name DROP NOT NULL', 'not null', 'text'],
  [
    'column leads.created_at',
    'ALTER TABLE leads ALTER COLUMN created_at DROP DEFAULT',
    'default CURRENT_TIMESTAMP',
    'not null',
  ],
  [
    'column leads.created_at',
    "ALTER TABLE leads ALTER COLUMN created_at SET DEFAULT '2000-01-01'",
    'default CURRENT_TIMESTAMP',
    '2000-01-01',
  ],
  [
    'column leads.created_at',
    'ALTER TABLE leads ALTER COLUMN created_at TYPE timestamp(3)',
    'timestamp',
    'timestamp(3)',
  ],
  ['enum mood', "CREATE TYPE mood AS ENUM ('GOOD')", undefined, 'GOOD'],
  ['domain mood', "CREATE DOMAIN mood AS text CHECK (VALUE <> '')", undefined, 'text'],
  // Constraints and indexes
  [
    'constraint leads.leads_odd_rule',
    "ALTER TABLE leads ADD CONSTRAINT leads_odd_rule CHECK (name <> 'odd')",
    undefined,
    'odd',
  ],
  [
    'constraint leads.leads_organization_id_fkey',
    'ALTER TABLE leads DROP CONSTRAINT leads_organization_id_fkey',
    'FOREIGN KEY',
    undefined,
  ],
  [
    'constraint leads.leads_organization_id_fkey',
    `ALTER TABLE leads DROP CONSTRAINT leads_organization_id_fkey,
    ADD CONSTRAINT leads_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE NOT VALID`,
    'ON DELETE CASCADE',
    'NOT VALID',
  ],
  [
    'constraint leads.leads_organization_id_fkey',
    `ALTER TABLE leads DROP CONSTRAINT leads_organization_id_fkey,
    ADD CONSTRAINT leads_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE RESTRICT`,
    'ON DELETE CASCADE',
    'ON DELETE RESTRICT',
  ],
  [
    'index leads_odd_idx',
    'CREATE INDEX leads_odd_idx ON leads (organization_id, name)',
    undefined,
    'leads_odd_idx',
  ],
  [
    'index organization_members_user_id_idx',
    'DROP INDEX organization_members_user_id_idx',
    'btree (user_id)',
    undefined,
  ],
  [
    'index organization_members_user_id_idx',
    'DROP INDEX organization_members_user_id_idx; CREATE INDEX organization_members_user_id_idx ON organization_members (role)',
    '(user_id)',
    '(role)',
  ],
  [
    'index organization_members_user_id_idx',
    "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'organization_members_user_id_idx'::regclass",
    '(user_id)',
    'invalid',
  ],
  // Triggers and rules
  [
    'trigger organization_members.keep_an_owner',
    'DROP TRIGGER keep_an_owner ON organization_members',
    'CREATE',
    undefined,
  ],
  [
    'trigger organization_members.keep_an_owner',
    'ALTER TABLE organization_members DISABLE TRIGGER keep_an_owner',
    'CREATE',
    'enabled D',
  ],
  [
    'trigger organization_members.keep_an_owner',
    'ALTER TABLE organization_members ENABLE REPLICA TRIGGER keep_an_owner',
    'CREATE',
    'enabled R',
  ],
  [
    'trigger leads.odd',
    'CREATE TRIGGER odd BEFORE INSERT ON leads FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()',
    undefined,
    'odd',
  ],
  [
    'rule leads.odd',
    'CREATE RULE odd AS ON DELETE TO leads DO INSTEAD NOTHING',
    undefined,
    'DO INSTEAD NOTHING',
  ],
  // Functions
  [
    'function app.is_org_admin',
    "CREATE OR REPLACE FUNCTION app.is_org_admin() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS 'SELECT true'",
    'app.context',
    'SELECT true',
  ],
  [
    'function app.my_organizations',
    'ALTER FUNCTION app.my_organizations() OWNER TO lotline_owner',
    'owner lotline_platform',
    'owner lotline_owner',
  ],
  [
    'function app.my_organizations',
    'GRANT EXECUTE ON FUNCTION app.my_organizations() TO PUBLIC',
    'callers lotline_app',
    'public',
  ],
  [
    'function app.my_organizations',
    'ALTER FUNCTION app.my_organizations() RESET search_path',
    'search_path',
    'SECURITY DEFINER',
  ],
  [
    'function app.my_organizations',
    'ALTER FUNCTION app.my_organizations() VOLATILE',
    'STABLE',
    'SECURITY DEFINER',
  ],
  [
    'function app.uuid_v7',
    'CREATE OR REPLACE FUNCTION app.uuid_v7() RETURNS uuid LANGUAGE sql SET search_path = pg_catalog, pg_temp RETURN gen_random_uuid()',
    'OVERLAY',
    'gen_random_uuid',
  ],
  [
    'function app.odd',
    "CREATE FUNCTION app.odd() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    undefined,
    'callers public',
  ],
  // Views and sequences
  [
    'view marketplace_public_reviews',
    'ALTER VIEW marketplace_public_reviews RESET (security_barrier)',
    'security_barrier=true',
    'SELECT',
  ],
  [
    'view marketplace_public_reviews',
    'ALTER VIEW marketplace_public_reviews SET (security_invoker = true)',
    'security_barrier=true',
    'security_invoker=true',
  ],
  [
    'view marketplace_public_reviews',
    'ALTER VIEW marketplace_public_reviews OWNER TO lotline_platform',
    'owner lotline_public_reader',
    'owner lotline_platform',
  ],
  ['view odd', 'CREATE VIEW odd AS SELECT 1 AS one', undefined, 'SELECT 1'],
  ['sequence odd', 'CREATE SEQUENCE odd', undefined, 'start 1'],
];

describe('an alteration is told with object, both sides and the statement that mends it', () => {
  it.each(ALTERED)('%s: %s', async (key, sql, expected, actual) => {
    await db.superuser.query('BEGIN');
    try {
      await db.superuser.query(sql);
      const [item, ...others] = await drift();
      expect(others.map((d) => d.key)).toEqual([]);
      expect(item).toMatchObject({ key, object: key.slice(key.indexOf(' ') + 1) });
      if (expected === undefined) expect(item!.expected).toBeUndefined();
      else expect(item!.expected).toContain(expected);
      if (actual === undefined) expect(item!.actual).toBeUndefined();
      else expect(item!.actual).toContain(actual);
      expect(item!.change).toBe(
        expected === undefined ? 'unexpected' : actual === undefined ? 'missing' : 'different',
      );
      const text = syncText({ drift: [item!], pending: [], ok: false });
      expect(text).toContain(item!.statement!.split('\n')[0]);
      expect(text).toMatch(/One difference between schema and database\.$/);
      await db.superuser.query(item!.statement!);
      expect(await drift()).toEqual([]);
    } finally {
      await db.superuser.query('ROLLBACK');
    }
  });

  it('a table that is gone, by the command that brings it back, and what stood on it with it', async () => {
    const gone = await freshDatabase();
    await gone.superuser.query('DROP TABLE leads CASCADE');
    const { drift } = await findDrift({ ownerUrl: gone.urls.owner, root, declared });
    expect(drift.filter((d) => / leads/.test(d.key)).map((d) => d.key)).toEqual(['table leads']);
    expect(drift.find((d) => d.key === 'table leads')!.remedy).toContain('npm run db:apply');
  });
});

it('an altered policy is an error of the checks too, under a key of its own', async () => {
  await db.superuser.query('ALTER POLICY leads_select ON leads USING (true)');
  const { findings, ok } = await checkBoundary({ ownerUrl: db.urls.owner, root, declared });
  expect(ok).toBe(false);
  const found = findings.find((f) => f.name === 'declaration-differs')!;
  expect(found.key).toBe('declaration-differs:policy leads.leads_select');
  await db.superuser.query(/`([^`]+)`/.exec(found.remedy)![1]!);
  expect((await checkBoundary({ ownerUrl: db.urls.owner, root, declared })).findings).toEqual([]);
});
