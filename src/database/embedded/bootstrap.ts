import { Client, escapeIdentifier } from 'pg';
import { matchesVerifier, scramVerifier } from '../scram.ts';
import { type Credentials, superuserRole } from './credentials.ts';

export const databases = { main: 'lotline', shadow: 'lotline_shadow' } as const;

const roles = [
  { name: 'lotline_platform', login: true, createdb: false, inherit: true, password: 'platform' },
  { name: 'lotline_public_reader', login: false, createdb: false, inherit: true, password: undefined },
  { name: 'lotline_custodian', login: false, createdb: false, inherit: true, password: undefined },
  { name: 'lotline_app', login: true, createdb: false, inherit: true, password: 'app' },
  { name: 'lotline_ingest', login: true, createdb: false, inherit: true, password: 'ingest' },
  // Migrations may become these roles to own their functions and views, but do not read through them unasked.
  { name: 'lotline_owner', login: true, createdb: true, inherit: false, password: 'owner' },
] as const;
const ownerMayBecome = ['lotline_platform', 'lotline_custodian', 'lotline_public_reader'];

interface RoleFacts {
  rolname: string;
  flags: string;
  rolpassword: string | null;
}

/**
 * Brings roles, passwords and databases into the state that Lotline expects. Looks first and changes only what
 * differs, so that it may run at every start and mends one that was interrupted.
 */
export async function bootstrap(port: number, credentials: Credentials): Promise<void> {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: superuserRole,
    password: credentials.superuser,
    database: 'postgres',
    connectionTimeoutMillis: 10_000,
  });
  await client.connect();
  try {
    await provideRoles(client, credentials);
    await provideMemberships(client);
    await provideDatabases(client);
  } finally {
    await client.end();
  }
}

async function provideRoles(client: Client, credentials: Credentials): Promise<void> {
  const { rows } = await client.query<RoleFacts>(
    `SELECT rolname, rolpassword, concat_ws(' ',
       CASE WHEN rolcanlogin THEN 'LOGIN' ELSE 'NOLOGIN' END, CASE WHEN rolcreatedb THEN 'CREATEDB' ELSE 'NOCREATEDB' END,
       CASE WHEN rolinherit THEN 'INHERIT' ELSE 'NOINHERIT' END, CASE WHEN rolsuper THEN 'SUPERUSER' ELSE 'NOSUPERUSER' END,
       CASE WHEN rolbypassrls THEN 'BYPASSRLS' ELSE 'NOBYPASSRLS' END, CASE WHEN rolcreaterole THEN 'CREATEROLE' ELSE 'NOCREATEROLE' END,
       CASE WHEN rolreplication THEN 'REPLICATION' ELSE 'NOREPLICATION' END) AS flags
     FROM pg_authid WHERE rolname LIKE 'lotline\\_%'`,
  );
  for (const role of roles) {
    const flags = `${role.login ? 'LOGIN' : 'NOLOGIN'} ${role.createdb ? 'CREATEDB' : 'NOCREATEDB'} ${role.inherit ? 'INHERIT' : 'NOINHERIT'} NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION`;
    const facts = rows.find(({ rolname }) => rolname === role.name);
    const password = role.password && credentials[role.password];
    const passwordHolds = !password || matchesVerifier(facts?.rolpassword ?? null, password);
    if (facts?.flags === flags && passwordHolds) continue;
    const verifier = password && !passwordHolds ? ` PASSWORD '${scramVerifier(password)}'` : '';
    await client.query(`${facts ? 'ALTER' : 'CREATE'} ROLE ${role.name} ${flags}${verifier}`);
  }
}

async function provideMemberships(client: Client): Promise<void> {
  const { rows } = await client.query<{ role: string }>(
    `SELECT roleid::regrole::text AS role FROM pg_auth_members
     WHERE member = 'lotline_owner'::regrole AND set_option AND NOT inherit_option`,
  );
  for (const role of ownerMayBecome) {
    if (rows.some((row) => row.role === role)) continue;
    await client.query(`GRANT ${role} TO lotline_owner WITH INHERIT FALSE, SET TRUE`);
  }
}

async function provideDatabases(client: Client): Promise<void> {
  const { rows } = await client.query<{ datname: string; closed: boolean }>(
    `SELECT datname, NOT has_database_privilege('public', oid, 'CONNECT') AS closed FROM pg_database`,
  );
  const closed = (name: string) => rows.find(({ datname }) => datname === name)?.closed;
  for (const name of Object.values(databases)) {
    if (closed(name) === undefined) {
      await client.query(`CREATE DATABASE ${name} OWNER lotline_owner TEMPLATE template0`);
    }
  }
  const doors = [
    { name: databases.main, guests: ['lotline_app', 'lotline_platform', 'lotline_ingest'] },
    { name: databases.shadow, guests: ['lotline_owner'] },
    { name: 'postgres', guests: ['lotline_owner'] },
    { name: 'template1', guests: ['lotline_owner'] },
  ];
  for (const { name, guests } of doors) {
    if (closed(name) && (await mayEnter(client, name, guests))) continue;
    const database = escapeIdentifier(name);
    await client.query(
      `GRANT CONNECT ON DATABASE ${database} TO ${guests.join(', ')}; REVOKE ALL ON DATABASE ${database} FROM PUBLIC`,
    );
  }
}

async function mayEnter(client: Client, database: string, guests: string[]): Promise<boolean> {
  const { rows } = await client.query<{ all: boolean }>(
    `SELECT bool_and(has_database_privilege(guest, $1, 'CONNECT')) AS all FROM unnest($2::text[]) AS guest`,
    [database, guests],
  );
  return rows[0]?.all === true;
}
