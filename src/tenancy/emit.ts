import { readFileSync } from 'node:fs';
import { quoteIdent as q, quoteLiteral } from '../database/quote.ts';
import { asPlatform } from './as-platform.ts';
import type { Boundary, BoundaryModel, Grant, Key, Policy, Roles } from './boundary.ts';
import { contextFunctions } from './context-functions.ts';
import { sparingCustodian } from './custodian.ts';
import { besidePieces } from './emit-beside.ts';
import { changePieces, channelPiece } from './emit-changes.ts';
import type { SqlObject } from './module-sql.ts';

/** A piece of SQL that makes one object of the catalogue. `drop` takes it away so that it can be made anew. */
export interface Piece {
  readonly key: string;
  /** Further objects that the piece makes. */
  readonly also?: readonly string[];
  /** Whether the piece makes a further object, where these cannot be listed. */
  readonly makes?: (key: string) => boolean;
  readonly sql: string;
  readonly drop: string;
}

/** Everything the compiler adds to Prisma's SQL, by the place where it has to stand. */
export interface Pieces {
  /** Schema app, context functions, immutable functions: before the tables. */
  readonly before: readonly Piece[];
  /** Checks, indexes, functions, triggers, views, row security, grants: after the tables. */
  readonly after: readonly (Piece & { readonly section: string })[];
}

/** All pieces of a schema, in an order in which they can be executed. */
export function emitPieces(boundary: Boundary, objects: readonly SqlObject[]): Pieces {
  const { models, roles } = boundary;
  const functions = objects.filter((o) => o.kind === 'function');
  const of = (section: string, pieces: readonly Piece[]) => pieces.map((p) => ({ ...p, section }));
  return {
    before: [
      { key: 'schema app', also: ['schema public'], sql: schemaSql(roles), drop: '' },
      {
        key: 'table app.context_keys',
        also: contextKeys,
        sql: `${contextFunctions(roles.owner, boundary)}\n\n${contextGrants(roles)}`,
        drop: '',
      },
      { key: 'table app.tenant_events', also: tenantEvents, sql: tenantEventsSql(roles), drop: '' },
      ...channelPiece(boundary),
      ...functions.filter((f) => f.immutable).map((f) => functionPiece(f, roles)),
    ],
    after: [
      ...of('Schemas beside Prisma’s', besidePieces(objects, roles)),
      ...of('Lists are never null; Prisma leaves them nullable', models.flatMap(listPieces)),
      ...of('Checks', models.flatMap(checkPieces)),
      ...of('Indexes that Prisma cannot express', models.flatMap(indexPieces)),
      ...of(
        'Functions',
        functions.filter((f) => !f.immutable).map((f) => functionPiece(f, roles)),
      ),
      ...of(
        'Triggers',
        objects.filter((o) => o.kind === 'trigger').map((t) => triggerPiece(t, roles)),
      ),
      ...of('Changes', changePieces(boundary)),
      ...of(
        'Views',
        objects.filter((o) => o.kind === 'view').map((v) => viewPiece(v, roles)),
      ),
      ...of(
        'Row security',
        models.flatMap((m) => rowSecurityPieces(m, roles)),
      ),
    ],
  };
}

/** The roles block and the change to the owner, which open every migration. */
export function rolesSql({ owner, app, platform, ingest, custodian, readers }: Roles): string {
  const create = [
    `CREATE ROLE ${owner} NOINHERIT`,
    ...[app, platform, ingest].map((r) => `CREATE ROLE ${r} LOGIN`),
    ...[custodian, ...readers].map((r) => `CREATE ROLE ${r}`),
  ];
  const list = (items: string[]) => items.map((s) => `    ${quoteLiteral(s)}`).join(',\n');
  return readFileSync(new URL('./sql/roles.sql', import.meta.url), 'utf8')
    .replace('{{roles}}', list(create))
    .replace('{{memberships}}', list([platform, custodian, ...readers].map((r) => `GRANT ${r} TO ${owner}`)))
    .replaceAll('{{owner}}', owner)
    .trim();
}

function schemaSql({ app, platform, ingest, custodian, readers }: Roles): string {
  const users = [app, platform, ingest, custodian, ...readers].join(', ');
  return `CREATE SCHEMA IF NOT EXISTS app;
REVOKE ALL ON SCHEMA app FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
-- In a temporary schema a caller could make types and functions that shadow those a function means.
DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()); END $$;
GRANT USAGE ON SCHEMA app, public TO ${users};
-- What is made later is nobody's until it is granted: a table or function that a grant forgot stays closed.
ALTER DEFAULT PRIVILEGES REVOKE ALL ON TABLES FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;`;
}

const CONTEXT_FUNCTIONS = [
  'set_context(text)',
  'current_organization_id()',
  'current_user_id()',
  'current_org_role()',
  'is_org_admin()',
  'uuid_v7()',
];
const contextKeys = [
  ...CONTEXT_FUNCTIONS.map((f) => `function app.${f.replace(/\(.*/, '')}`),
  'rls app.context_keys',
  'policy app.context_keys.context_keys_owner',
];

function contextGrants({ app, platform, ingest, custodian, readers }: Roles): string {
  const names = CONTEXT_FUNCTIONS;
  const users = [app, platform, ingest, custodian, ...readers].join(', ');
  return `REVOKE ALL ON app.context_keys FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION ${names.map((n) => `app.${n}`).join(', ')} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ${names.map((n) => `app.${n}`).join(', ')} TO ${users};`;
}

const tenantEvents = [
  'rls app.tenant_events',
  'policy app.tenant_events.tenant_events_read',
  'policy app.tenant_events.tenant_events_write',
  'index tenant_events_organization_idx',
];

function tenantEventsSql({ platform }: Roles): string {
  return readFileSync(new URL('./sql/tenant-events.sql', import.meta.url), 'utf8')
    .replaceAll('{{platform}}', platform)
    .trim();
}

function functionPiece(f: SqlObject, { owner, app, platform, ingest, custodian, readers }: Roles): Piece {
  // A trigger function is called by the server; only the owner of the tables, who makes the trigger, needs the right.
  const callers = f.immutable ? [app, platform, ingest, custodian, ...readers] : [app, platform];
  const users = f.callable ? callers : [owner];
  const rights = `REVOKE EXECUTE ON FUNCTION ${f.name} FROM PUBLIC;\nGRANT EXECUTE ON FUNCTION ${f.name} TO ${users.join(', ')};`;
  const sql = f.definer ? asPlatform(`${f.sql}\n${rights}`, { owner, platform }) : `${f.sql}\n${rights}`;
  return { key: f.key, sql, drop: '' };
}

function triggerPiece(t: SqlObject, { custodian }: Roles): Piece {
  return { key: t.key, sql: sparingCustodian(t.sql, custodian), drop: `DROP TRIGGER IF EXISTS ${t.name};` };
}

/** A view may belong to a reader role, which then grants it itself: its rights, not the owner's, decide what it shows. */
function viewPiece(v: SqlObject, { owner }: Roles): Piece {
  const [, change, reader] = /(ALTER VIEW [^;]* OWNER TO (\w+);)/i.exec(v.sql) ?? [];
  const drop = `DROP VIEW IF EXISTS ${v.name};`;
  if (!change) return { key: v.key, sql: v.sql, drop };
  const as = (sql: string) => `SET LOCAL ROLE ${reader};\n${sql}\nSET LOCAL ROLE ${owner};`;
  const [view = '', grants = ''] = v.sql.split(change);
  const own = `GRANT CREATE ON SCHEMA public TO ${reader};\n${view}${change}\nREVOKE CREATE ON SCHEMA public FROM ${reader};`;
  const sql = grants.trim() === '' ? own : `${own}\n${as(grants.trim())}`;
  return { key: v.key, sql, drop: as(drop) };
}

/** Prisma reads a null list as an empty one, but a check would let the null pass. */
function listPieces(m: BoundaryModel): Piece[] {
  return m.columns
    .filter((c) => c.list)
    .map((c) => ({
      key: `column ${m.table}.${c.column}`,
      sql: `ALTER TABLE ${q(m.table)} ALTER COLUMN ${q(c.column)} SET NOT NULL;`,
      drop: '',
    }));
}

function checkPieces(m: BoundaryModel): Piece[] {
  return m.checks.map(({ name, sql }) => ({
    key: `constraint ${m.table}.${name}`,
    sql: `ALTER TABLE ${q(m.table)} ADD CONSTRAINT ${q(name)} CHECK (${sql});`,
    drop: `ALTER TABLE ${q(m.table)} DROP CONSTRAINT IF EXISTS ${q(name)};`,
  }));
}

function indexPieces(m: BoundaryModel): Piece[] {
  return m.keys
    .filter((k) => !k.prisma)
    .map((k) => ({
      key: `index ${k.name}`,
      sql: indexSql(m, k),
      drop: `DROP INDEX IF EXISTS ${q(k.name)};`,
    }));
}

function indexSql(m: BoundaryModel, k: Key): string {
  const method = k.method ? ` USING ${q(k.method)}` : '';
  return (
    `${k.purpose ? `-- ${k.purpose}\n` : ''}CREATE ${k.kind === 'unique' ? 'UNIQUE ' : ''}INDEX ${q(k.name)} ON ${q(m.table)}${method} ` +
    `(${k.columns.join(', ')})${k.nullsNotDistinct ? ' NULLS NOT DISTINCT' : ''}${k.where ? ` WHERE ${k.where}` : ''};`
  );
}

/** The table as SQL names it. */
export function tableName(m: { readonly schema?: string; readonly table: string }): string {
  return m.schema ? `${q(m.schema)}.${q(m.table)}` : q(m.table);
}

function rowSecurityPieces(m: BoundaryModel, roles: Roles): Piece[] {
  const table = tableName(m);
  return [
    {
      key: `rls ${m.table}`,
      sql: `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;\nALTER TABLE ${table} FORCE ROW LEVEL SECURITY;`,
      drop: '',
    },
    ...m.policies.map((p) => ({
      key: `policy ${m.table}.${p.name}`,
      sql: policySql(table, p),
      drop: `DROP POLICY IF EXISTS ${q(p.name)} ON ${table};`,
    })),
    ...[...new Set(m.grants.map((g) => g.role))].map((role) => ({
      key: `grants ${role} ${m.table}`,
      sql: grantSql(table, role, m.grants),
      drop: `REVOKE ALL ON ${table} FROM ${q(role)};`,
    })),
    ...[roles.app, roles.platform, roles.ingest, roles.custodian, ...roles.readers]
      .filter((role) => !m.grants.some((g) => g.role === role))
      .map((role) => ({
        key: `grants ${role} ${m.table}`,
        sql: '',
        drop: `REVOKE ALL ON ${table} FROM ${q(role)};`,
      })),
  ];
}

function policySql(table: string, p: Policy): string {
  return (
    `CREATE POLICY ${q(p.name)} ON ${table}${p.permissive ? '' : ' AS RESTRICTIVE'}` +
    `${p.operation === 'all' ? '' : ` FOR ${p.operation.toUpperCase()}`} TO ${p.roles.join(', ')}` +
    `${p.using ? `\n  USING (${p.using})` : ''}${p.check ? `\n  WITH CHECK (${p.check})` : ''};`
  );
}

function grantSql(table: string, role: string, grants: readonly Grant[]): string {
  const parts = grants
    .filter((g) => g.role === role)
    .map((g) => `${g.privilege.toUpperCase()}${g.columns ? ` (${g.columns.map(q).join(', ')})` : ''}`);
  return `GRANT ${parts.join(', ')} ON ${table} TO ${q(role)};`;
}
