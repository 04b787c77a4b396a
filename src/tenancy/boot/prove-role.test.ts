import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { PASSWORD, root, testServers, urlOf } from '../../../test/support/server.ts';
import { readGenerated } from '../generated.ts';
import { proveRole } from './prove-role.ts';

const { boundary } = readGenerated(root);

/**
 * Each fault is made for a role of the test's own, with the rights of the application, because roles belong to the whole
 * server. `{role}` and `{db}` stand for its name and the database;
 */
const FAULTS: [name: string, make: string, says: RegExp][] = [
  ['SUPERUSER', 'ALTER ROLE {role} SUPERUSER', /is SUPERUSER.*\n\s+ALTER ROLE "?{role}"? NOSUPERUSER/],
  ['BYPASSRLS', 'ALTER ROLE {role} BYPASSRLS', /is BYPASSRLS.*\n.*NOBYPASSRLS/],
  ['CREATEROLE', 'ALTER ROLE {role} CREATEROLE', /is CREATEROLE/],
  ['CREATEDB', 'ALTER ROLE {role} CREATEDB', /is CREATEDB/],
  ['REPLICATION', 'ALTER ROLE {role} REPLICATION', /is REPLICATION/],
  [
    'a table of its own',
    'CREATE TABLE own (i int); ALTER TABLE own OWNER TO {role}',
    /owns the table public.own\n.*OWNER TO "?lotline_owner/,
  ],
  [
    'a function of its own',
    'CREATE FUNCTION own() RETURNS int RETURN 1; ALTER FUNCTION own() OWNER TO {role}',
    /owns the function public.own\(\)/,
  ],
  ['a schema of its own', 'CREATE SCHEMA own AUTHORIZATION {role}', /owns the schema own/],
  ['the database', 'ALTER DATABASE {db} OWNER TO {role}', /owns the database/],
  [
    'membership in the owner',
    'GRANT lotline_owner TO {role}',
    /act as lotline_owner .* owns objects[^\n]*\n\s+REVOKE/,
  ],
  [
    'membership in the platform',
    'GRANT lotline_platform TO {role}',
    /act as lotline_platform .*has policies of its own/,
  ],
  [
    'membership over two steps',
    'CREATE ROLE {role}_b; GRANT lotline_platform TO {role}_b; GRANT {role}_b TO {role}',
    /\({role} → {role}_b → lotline_platform\)/,
  ],
  [
    'pg_read_all_data',
    'GRANT pg_read_all_data TO {role}',
    /act as pg_read_all_data .* rights over the whole server/,
  ],
  ['pg_write_all_data', 'GRANT pg_write_all_data TO {role}', /act as pg_write_all_data/],
  [
    'pg_execute_server_program',
    'GRANT pg_execute_server_program TO {role}',
    /act as pg_execute_server_program/,
  ],
  ['row security off', 'ALTER ROLE {role} SET row_security = off', /row_security is off/],
  [
    'a right to the keys',
    'GRANT SELECT (id) ON app.context_keys TO {role}',
    /holds SELECT on app.context_keys/,
  ],
  [
    'a right of everybody to the keys',
    'GRANT UPDATE ON app.context_keys TO PUBLIC',
    /holds UPDATE on app.context_keys/,
  ],
  [
    'a reader that believes',
    "CREATE OR REPLACE FUNCTION app.current_organization_id() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT nullif(split_part(current_setting('app.context', true), '.', 1), '')::uuid $$",
    /current_organization_id\(\) accepts a forged context|current_organization_id\(\) cannot/,
  ],
  [
    'an admin by every token',
    "CREATE OR REPLACE FUNCTION app.is_org_admin() RETURNS boolean LANGUAGE sql STABLE AS 'SELECT true'",
    /is_org_admin\(\) accepts a forged context/,
  ],
  [
    'a reader that is missing',
    'ALTER FUNCTION app.current_user_id() RENAME TO was',
    /current_user_id\(\) cannot be called \(42883\)/,
  ],
  ['no set_context', 'DROP FUNCTION app.set_context(text)', /set_context\(text\) is missing/],
  [
    'a table not forced',
    'ALTER TABLE leads NO FORCE ROW LEVEL SECURITY',
    /leads is not forced\n\s+ALTER TABLE public."?leads"? FORCE/,
  ],
  ['a table not enabled', 'ALTER TABLE leads DISABLE ROW LEVEL SECURITY', /leads is not enabled/],
  ['a table that is missing', 'DROP TABLE web_vitals_metrics', /the table web_vitals_metrics is missing/],
];

describe.each(testServers())('the proof of a role on PostgreSQL $version', (server) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await freshDatabase({ server });
  });

  const as = async <T>(url: string, work: (client: pg.Client) => Promise<T>) => {
    const client = new pg.Client(url);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  };
  const proof = (url: string, declared = true) =>
    as(url, (client) => proveRole(client, declared ? boundary : undefined)).then(
      () => 'proved',
      (error) => `${error.code} ${error.message}`,
    );

  it('succeeds for the application role, with and without a declaration', async () => {
    expect(await proof(db.urls.app)).toBe('proved');
    expect(await proof(db.urls.app, false)).toBe('proved');
  });

  it.each(['superuser', 'owner', 'platform'] as const)('fails for the %s', async (role) => {
    expect(await proof(db.urls[role])).toMatch(/^ROLE_TOO_STRONG/);
  });

  it('fails for a session that became the application by SET ROLE', async () => {
    const failure = as(db.urls.superuser, async (client) => {
      await client.query('SET ROLE lotline_app');
      await proveRole(client, boundary);
    });
    await expect(failure).rejects.toThrow(/became lotline_app: RESET ROLE leads back/);
  });

  it.each(FAULTS)('fails by %s', async (_, make, says) => {
    const own = await freshDatabase({ server });
    const role = `prover_${own.name}`;
    const fill = (text: string) => text.replaceAll('{role}', role).replaceAll('{db}', own.name);
    await own.superuser.query(
      `CREATE ROLE ${role} LOGIN PASSWORD '${PASSWORD}'; GRANT USAGE ON SCHEMA app TO ${role};
       GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA app TO ${role}; GRANT SELECT ON leads TO ${role}`,
    );
    try {
      const url = urlOf(server.superuserUrl, own.name, role);
      expect(await proof(url)).toBe('proved');
      await own.superuser.query(fill(make));
      const refusal = await proof(url);
      expect(refusal).toMatch(/^ROLE_TOO_STRONG/);
      expect(refusal).toMatch(new RegExp(fill(says.source)));
    } finally {
      await own.superuser.query(
        `ALTER DATABASE ${own.name} OWNER TO lotline_owner; DROP OWNED BY ${role}; DROP ROLE IF EXISTS ${role}_b; DROP ROLE ${role}`,
      );
      await own.close();
    }
  });

  it.runIf(server.version >= 16)(
    'counts SET and ADMIN without INHERIT, and a membership without any of them not',
    async () => {
      const role = `prover_${db.name}`;
      await db.superuser.query(
        `CREATE ROLE ${role} LOGIN PASSWORD '${PASSWORD}'; GRANT USAGE ON SCHEMA app TO ${role};
       GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA app TO ${role}`,
      );
      try {
        const url = urlOf(server.superuserUrl, db.name, role);
        for (const [options, outcome] of [
          ['INHERIT FALSE, SET FALSE', /^proved/],
          ['INHERIT FALSE, SET TRUE', /act as lotline_platform/],
          ['INHERIT FALSE, SET FALSE, ADMIN TRUE', /act as lotline_platform/],
        ] as const) {
          await db.superuser.query(`REVOKE lotline_platform FROM ${role}`);
          await db.superuser.query(`GRANT lotline_platform TO ${role} WITH ${options}`);
          expect(await proof(url)).toMatch(outcome);
        }
      } finally {
        await db.superuser.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
      }
    },
  );
});
