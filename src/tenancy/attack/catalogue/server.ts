import { quoteLiteral } from '../../../database/quote.ts';
import { type ContextKey, signContext } from '../../context.ts';
import { RETIRED_KEY, STRANGER } from '../actors.ts';
import type { Subject } from '../plan.ts';
import type { Expectation, Probe } from '../probe.ts';

/** What a session of the application may not do to the server, whatever table it means. */
const FORBIDDEN: readonly [operation: string, statement: string, code?: string][] = [
  ['files', "SELECT pg_read_file('PG_VERSION')"],
  ['files', "SELECT pg_read_binary_file('PG_VERSION')"],
  ['files', "SELECT pg_ls_dir('.')"],
  ['files', "SELECT pg_stat_file('PG_VERSION')"],
  ['files', 'SELECT * FROM pg_ls_waldir()'],
  ['files', "SELECT lo_import('/etc/hostname')"],
  ['files', "SELECT lo_export(1, '/tmp/attack')"],
  ['files', "COPY (SELECT 1) TO '/tmp/attack'"],
  ['files', "COPY (SELECT 1) TO PROGRAM 'true'"],
  ['files', 'SELECT pg_reload_conf()'],
  ['settings', 'SELECT * FROM pg_file_settings'],
  ['settings', 'SELECT * FROM pg_hba_file_rules'],
  ['passwords', 'SELECT * FROM pg_authid'],
  ['passwords', 'SELECT * FROM pg_shadow'],
  ['statistics', 'SELECT * FROM pg_statistic'],
  ['statistics', 'SELECT * FROM pg_statistic_ext_data'],
  ['large objects', 'SELECT * FROM pg_largeobject'],
  ['create', 'CREATE TABLE public.attack (i int)'],
  ['create', 'CREATE TABLE app.attack (i int)'],
  ['create', 'CREATE VIEW public.attack AS SELECT 1'],
  ['create', "CREATE FUNCTION public.attack() RETURNS int LANGUAGE sql AS 'SELECT 1'"],
  ['create', "CREATE FUNCTION app.attack() RETURNS int LANGUAGE sql AS 'SELECT 1'"],
  ['create', 'CREATE TYPE public.attack AS (i int)'],
  ['create', 'CREATE OPERATOR public.=== (FUNCTION = uuid_eq, LEFTARG = uuid, RIGHTARG = uuid)'],
  ['create', 'CREATE SEQUENCE public.attack'],
  ['create', 'CREATE SCHEMA attack'],
  ['create', 'CREATE EXTENSION pgcrypto'],
  ['create', 'CREATE ROLE attack'],
  ['create', 'CREATE PUBLICATION attack FOR ALL TABLES', '42501'],
  [
    'create',
    'CREATE EVENT TRIGGER attack ON ddl_command_end EXECUTE FUNCTION pg_catalog.suppress_redundant_updates_trigger()',
  ],
  ['temporary objects', 'CREATE TEMP TABLE attack (i int)'],
  ['temporary objects', 'CREATE TEMP VIEW attack AS SELECT 1'],
  ['temporary objects', "CREATE FUNCTION pg_temp.attack() RETURNS int LANGUAGE sql AS 'SELECT 1'"],
  ['temporary objects', 'CREATE DOMAIN pg_temp.uuid AS text'],
  ['replication', "SELECT pg_create_logical_replication_slot('attack', 'test_decoding')"],
  ['settings', "SET LOCAL session_replication_role = 'replica'"],
  ['settings', "SET LOCAL session_preload_libraries = 'attack'"],
  ['settings', "ALTER SYSTEM SET log_statement = 'all'", '25001'],
  ['default privileges', 'ALTER DEFAULT PRIVILEGES FOR ROLE {{owner}} GRANT ALL ON TABLES TO {{app}}'],
  ['functions', 'ALTER FUNCTION app.current_organization_id() SECURITY INVOKER'],
  ['functions', 'DROP FUNCTION app.set_context(text)'],
  ['keys', 'SELECT * FROM app.context_keys'],
  [
    'keys',
    "INSERT INTO app.context_keys (id, inner_pad, outer_pad) SELECT 5, decode(repeat('36', 64), 'hex'), decode(repeat('5c', 64), 'hex')",
  ],
  ['keys', 'UPDATE app.context_keys SET expires_at = NULL'],
  ['keys', 'DELETE FROM app.context_keys'],
  ['keys', 'COPY app.context_keys TO STDOUT'],
  ['history', 'SELECT * FROM public._prisma_migrations'],
  ['record', 'UPDATE app.tenant_events SET organization_id = NULL'],
  ['record', 'DELETE FROM app.tenant_events'],
  ['reading the record', 'SELECT * FROM app.tenant_events'],
  ['reading the record', 'INSERT INTO app.tenant_events DEFAULT VALUES'],
];

/** Of a schema whose changes are told: whoever knew the channel would hear of every tenant. */
const CHANNEL: typeof FORBIDDEN = [
  ['reading the channel', 'SELECT * FROM app.change_channel'],
  ['channel', "UPDATE app.change_channel SET name = 'live_' || repeat('0', 32)"],
  ['channel', 'DELETE FROM app.change_channel'],
  ['channel', 'INSERT INTO app.change_channel DEFAULT VALUES'],
];

/** What the platform may. */
const PLATFORM = ['history', 'reading the record', 'reading the channel'];

/** The server and the schema as a whole, by every role that requests or programs come in with. */
export function serverProbes({ boundary }: Subject, temporary = true): Probe[] {
  const { app, ingest, platform, owner } = boundary.roles;
  return [app, ingest, platform].flatMap((role) =>
    [...FORBIDDEN, ...(boundary.changelog ? CHANNEL : [])]
      .filter(([operation]) => temporary || operation !== 'temporary objects')
      .filter(([operation]) => role !== platform || !PLATFORM.includes(operation))
      .map(
        ([operation, statement, code = '42501']): Probe => ({
          family: 'server',
          object: 'server',
          operation,
          actor: role,
          role,
          enter: '',
          statement: statement.replace('{{owner}}', owner).replace('{{app}}', app),
          expect: statement.startsWith('ALTER SYSTEM')
            ? { either: [{ refused: '42501' }, { refused: code }] }
            : { refused: code },
        }),
      ),
  );
}

/** Becoming another role, or a stronger one. */
export function roleProbes({ boundary }: Subject, everyRole: readonly string[]): Probe[] {
  const { app, ingest, platform, owner } = boundary.roles;
  const stronger = ['SUPERUSER', 'BYPASSRLS', 'CREATEROLE', 'CREATEDB', 'REPLICATION'];
  // What was handed to the platform is its own, with what stands in it.
  const handed = ['', ...(boundary.handed ?? [])].map((h) => quoteLiteral(h).trim()).join(', ');
  const given = (role: string) => (role === platform ? `nspname IN (${handed})` : 'false');
  return [app, ingest, platform].flatMap((role) => {
    const base = { family: 'roles', object: role, actor: role, role, enter: '' };
    const refused: Expectation = { refused: '42501' };
    return [
      ...everyRole
        .filter((r) => r !== role)
        .map(
          (r): Probe => ({
            ...base,
            operation: 'SET ROLE',
            statement: `SET LOCAL ROLE "${r}"`,
            expect: refused,
          }),
        ),
      ...stronger.map(
        (s): Probe => ({
          ...base,
          operation: 'ALTER ROLE',
          statement: `ALTER ROLE ${role} ${s}`,
          expect: refused,
        }),
      ),
      {
        ...base,
        operation: 'ALTER ROLE',
        statement: `ALTER ROLE ${owner} PASSWORD 'attack'`,
        expect: refused,
      },
      { ...base, operation: 'GRANT', statement: `GRANT ${owner} TO ${role}`, expect: refused },
      { ...base, operation: 'GRANT', statement: `GRANT pg_read_all_data TO ${role}`, expect: refused },
      {
        ...base,
        operation: 'attributes',
        statement: `SELECT rolname FROM pg_roles WHERE (rolname = '${role}' AND (rolcreatedb OR rolcreaterole) OR rolname IN ('${role}', '${owner}')) AND (rolname = '${role}' AND (rolcreatedb OR rolcreaterole) OR rolsuper OR rolbypassrls OR rolreplication)`,
        expect: { rows: 0 },
      },
      {
        ...base,
        operation: 'owns',
        statement: `SELECT c.relname FROM pg_class c WHERE pg_get_userbyid(c.relowner) = '${role}' AND c.relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE ${given(role)}) UNION ALL SELECT nspname FROM pg_namespace WHERE pg_get_userbyid(nspowner) = '${role}' AND NOT (${given(role)})`,
        expect: { rows: 0 },
      },
    ] satisfies Probe[];
  });
}

/** What the context says, may say, and may not be made to say. */
export function contextProbes({ boundary, tenants, people, key }: Subject): Probe[] {
  const { app, ingest } = boundary.roles;
  const person = people.ours[0] ?? '';
  const sign = (organization: string | undefined, k: ContextKey = key, lifetime = 86_400, role = 'OWNER') =>
    signContext({ ...(organization ? { organization } : {}), user: person, role }, k, lifetime);
  const [ours, theirs] = [sign(tenants.ours), sign(tenants.theirs)];
  const set = (token: string) => `SELECT app.set_context('${token}')`;
  const readers =
    'SELECT app.current_organization_id()::text AS seen, app.current_user_id(), app.current_org_role(), app.is_org_admin()';
  const base = { family: 'context', object: 'context', role: app, actor: app };
  const one = (
    operation: string,
    enter: string,
    statement: string,
    expect: Expectation,
    control = false,
  ): Probe => ({ ...base, operation, enter, statement, expect, control });
  const says = /tenant context is not valid/;
  const each = ['current_organization_id', 'current_user_id', 'current_org_role', 'is_org_admin'];
  const wrong: [string, string][] = [
    ['malformed', 'DROP TABLE'],
    ['only dots', '.....'],
    ['of great length', 'x.'.repeat(10_000)],
    ['exchanged tenant', theirs.replace(tenants.theirs, tenants.ours)],
    [
      'exchanged person',
      ours.replace(
        person,
        person.replace(/^./, (c) => (c === '0' ? '1' : '0')),
      ),
    ],
    ['exchanged role', sign(tenants.ours, key, 86_400, 'VIEWER').replace('VIEWER', 'OWNER')],
    ['expired', sign(tenants.ours, key, -1)],
    ['prolonged', ours.replace(/\.(\d{10})\./, (_, s) => `.${Number(s) + 9000}.`)],
    ['another key', sign(tenants.ours, { id: key.id, secret: Buffer.alloc(32, 99) })],
    ['unknown key', sign(tenants.ours, { ...key, id: 77 })],
    ['retired key', sign(tenants.ours, { ...key, id: RETIRED_KEY })],
    ['key id written otherwise', ours.replace(`.${key.id}.`, `.0${key.id}.`)],
    ['signature cut off', ours.slice(0, -1)],
    ['signature in capitals', ours.replace(/[^.]*$/, (s) => s.toUpperCase())],
  ];
  return [
    one('signed', set(ours), readers, { rows: 1, seen: tenants.ours }, true),
    one(
      'none',
      '',
      'SELECT coalesce(app.current_organization_id()::text, app.current_user_id()::text, app.current_org_role(), nullif(app.is_org_admin(), false)::text) AS seen',
      { rows: 1, seen: 'null' },
      true,
    ),
    ...wrong.flatMap(([name, token]) =>
      each.map((reader) =>
        one(name, `SELECT set_config('app.context', '${token}', true)`, `SELECT app.${reader}()`, {
          refused: '42501',
          says,
        }),
      ),
    ),
    one('empty', '', "SELECT app.set_context('')", { refused: '22004' }),
    one('null', '', 'SELECT app.set_context(NULL)', { refused: '22004' }),
    one('another tenant later', set(ours), set(theirs), { refused: '25001' }),
    one('another tenant in a savepoint', `${set(ours)}; SAVEPOINT inner_one`, set(theirs), {
      refused: '25001',
    }),
    one(
      'another tenant after a savepoint',
      `SAVEPOINT inner_one; ${set(ours)}; RELEASE inner_one`,
      set(theirs),
      { refused: '25001' },
    ),
    one(
      'rolled back savepoint',
      `SAVEPOINT inner_one; ${set(ours)}; ROLLBACK TO inner_one`,
      'SELECT app.current_organization_id()::text AS seen',
      { rows: 1, seen: 'null' },
    ),
    one(
      'context of the savepoint that was undone',
      `${set(ours)}; SAVEPOINT inner_one; SELECT app.set_context('${ours}'); ROLLBACK TO inner_one`,
      readers,
      { rows: 1, seen: tenants.ours },
      true,
    ),
    one('the same again', set(ours), set(ours), { rows: 1 }, true),
    one(
      'a person, then the tenant',
      set(sign(undefined)),
      `${set(ours)}; ${readers}`,
      { rows: 1, seen: tenants.ours },
      true,
    ),
    one(
      'the tenant taken off and exchanged',
      `${set(ours)}; SELECT set_config('app.context', '', true)`,
      "SELECT coalesce(app.current_organization_id()::text, 'none') AS seen",
      { rows: 1, seen: 'none' },
    ),
    {
      ...one('ingest role', set(ours), readers, { rows: 1, seen: tenants.ours }, true),
      role: ingest,
      actor: ingest,
    },
    {
      ...one('a stranger', '', set(ours), { refused: '42501' }),
      prepare: `GRANT USAGE ON SCHEMA app TO ${STRANGER}`,
      role: STRANGER,
      actor: STRANGER,
    },
    {
      ...one('a stranger', '', 'SELECT app.current_organization_id()', { refused: '42501' }),
      prepare: `GRANT USAGE ON SCHEMA app TO ${STRANGER}`,
      role: STRANGER,
      actor: STRANGER,
    },
  ];
}
