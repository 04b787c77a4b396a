import { quoteIdent as q } from '../../../database/quote.ts';
import { ofTenants, type Table } from '../subject/tables.ts';
import type { Mutant, MutantSource } from './mutant.ts';

/** The first table of each scope. */
function firstTables({ suite }: MutantSource, fits: (t: Table) => boolean = () => true): Table[] {
  const found = new Map<string, Table>();
  for (const table of suite.subject.tables.filter(fits))
    if (!found.has(table.model.scope)) found.set(table.model.scope, table);
  return [...found.values()];
}

/** Row security switched off, and privileges that nobody declared. */
export function rightMutants(source: MutantSource): Mutant[] {
  const { app, platform, ingest } = source.roles;
  const all = firstTables(source);
  const first = all[0]!;
  const on = (kind: Mutant['kind'], table: Table, name: string, sql: string): Mutant => ({
    name: `${table.label}: ${name}`,
    kind,
    table: table.label,
    sql,
  });
  const server = (name: string, sql: string): Mutant => ({
    name,
    kind: 'privileges',
    sql,
    stages: /server|functions/,
  });
  return [
    ...all.map((t) =>
      on('row security', t, 'row security disabled', `ALTER TABLE ${t.sql} DISABLE ROW LEVEL SECURITY`),
    ),
    ...all.map((t) =>
      on('row security', t, 'not forced', `ALTER TABLE ${t.sql} NO FORCE ROW LEVEL SECURITY`),
    ),
    ...['TRUNCATE', 'REFERENCES', 'TRIGGER'].flatMap((p, i) => {
      const table = all[i % all.length]!;
      return [
        on('privileges', table, `${p} for the application`, `GRANT ${p} ON ${table.sql} TO ${app}`),
        on('privileges', table, `${p} for the platform`, `GRANT ${p} ON ${table.sql} TO ${platform}`),
      ];
    }),
    on('privileges', first, 'SELECT for everybody', `GRANT SELECT ON ${first.sql} TO PUBLIC`),
    on(
      'privileges',
      first,
      'a column for everybody',
      `GRANT SELECT (${q(first.primary.at(-1)!)}) ON ${first.sql} TO PUBLIC`,
    ),
    on('privileges', first, 'grant option', `GRANT SELECT ON ${first.sql} TO ${app} WITH GRANT OPTION`),
    on('privileges', first, 'INSERT for the ingest role', `GRANT INSERT ON ${first.sql} TO ${ingest}`),
    ...firstTables(
      source,
      (t) => ofTenants(t) && !t.model.grants.some((g) => g.role === app && g.privilege === 'delete'),
    ).map((t) => on('privileges', t, 'DELETE for the application', `GRANT DELETE ON ${t.sql} TO ${app}`)),
    ...firstTables(source, (t) => t.model.grants.some((g) => g.role === app && g.columns !== undefined)).map(
      (t) => on('privileges', t, 'UPDATE of every column', `GRANT UPDATE ON ${t.sql} TO ${app}`),
    ),
    ...firstTables(
      source,
      (t) => t.model.scope === 'platform' && !t.model.grants.some((g) => g.role === app),
    ).map((t) =>
      on(
        'privileges',
        t,
        'read by the application',
        `GRANT SELECT ON ${t.sql} TO ${app}; CREATE POLICY attack ON ${t.sql} TO ${app} USING (true)`,
      ),
    ),
    server('CREATE in public', `GRANT CREATE ON SCHEMA public TO ${app}`),
    server('CREATE in app', `GRANT CREATE ON SCHEMA app TO ${app}`),
    server('CREATE in public for everybody', 'GRANT CREATE ON SCHEMA public TO PUBLIC'),
    server('schemas in the database', onDatabase(`CREATE ON DATABASE %I TO ${app}`)),
    server('temporary objects', onDatabase('TEMPORARY ON DATABASE %I TO PUBLIC')),
    server(
      'the signing keys readable',
      `GRANT SELECT ON app.context_keys TO ${app}; CREATE POLICY attack ON app.context_keys USING (true)`,
    ),
    server(
      'the signing keys writable',
      `GRANT INSERT, UPDATE ON app.context_keys TO ${app}; CREATE POLICY attack ON app.context_keys USING (true)`,
    ),
    server(
      'a sequence of everybody',
      `CREATE SEQUENCE public.attack_numbers; GRANT USAGE ON SEQUENCE public.attack_numbers TO ${app}`,
    ),
    server('the history readable', `GRANT SELECT ON public._prisma_migrations TO ${app}`),
    server('reading files', `GRANT EXECUTE ON FUNCTION pg_catalog.pg_read_file(text) TO ${app}`),
    server('the planner’s statistics', `GRANT SELECT ON pg_catalog.pg_statistic TO ${app}`),
    {
      name: 'default privileges for everybody',
      kind: 'privileges',
      sql: `ALTER DEFAULT PRIVILEGES FOR ROLE ${source.roles.owner} GRANT SELECT ON TABLES TO PUBLIC`,
      stages: /inventory/,
    },
  ];
}

/** A privilege on the database, whatever the copy is called on which the mutant is made. */
function onDatabase(privilege: string): string {
  return `DO $$ BEGIN EXECUTE format('GRANT ${privilege}', current_database()); END $$`;
}

/** Roles that are or become stronger. */
export function roleMutants({ roles, suite }: MutantSource): Mutant[] {
  const { app, ingest, platform, owner } = roles;
  const table = suite.subject.tables.find(ofTenants)!;
  const role = (name: string, sql: string): Mutant => ({ name, kind: 'roles', sql, stages: /server/ });
  return [
    { ...role('the application bypasses row security', `ALTER ROLE ${app} BYPASSRLS`), table: table.label },
    { ...role('the application is a superuser', `ALTER ROLE ${app} SUPERUSER`), table: table.label },
    {
      ...role('the ingest role bypasses row security', `ALTER ROLE ${ingest} BYPASSRLS`),
      table: suite.subject.tables.find((t) => t.model.scope === 'ingest')?.label ?? table.label,
    },
    { ...role('the owner bypasses row security', `ALTER ROLE ${owner} BYPASSRLS`), table: table.label },
    role('the application creates roles', `ALTER ROLE ${app} CREATEROLE`),
    role('the application creates databases', `ALTER ROLE ${app} CREATEDB`),
    role('the application is a member of the platform', `GRANT ${platform} TO ${app}`),
    role('the application is a member of the owner', `GRANT ${owner} TO ${app}`),
    role('the ingest role is a member of the application', `GRANT ${app} TO ${ingest}`),
    role('the application reads all data', `GRANT pg_read_all_data TO ${app}`),
    role('the application reads files of the server', `GRANT pg_read_server_files TO ${app}`),
    role('the application runs programs', `GRANT pg_execute_server_program TO ${app}`),
    {
      ...role('a table belongs to the application', `ALTER TABLE ${table.sql} OWNER TO ${app}`),
      table: table.label,
    },
    role('the application owns a schema', `ALTER SCHEMA app OWNER TO ${app}`),
  ];
}
