import { quoteIdent as q } from '../database/quote.ts';
import type { Boundary, Roles } from './boundary.ts';
import type { Piece } from './emit.ts';
import type { SqlObject } from './module-sql.ts';

/**
 * The tables of schemas beside Prisma's, such as sign-in and the job queue. They are the platform role's alone: forced row
 * security with one policy and no privilege for anybody else. Tenants reach them through functions that run as the platform
 * and restrict themselves to the verified context.
 */
export function besidePieces(objects: readonly SqlObject[], roles: Roles): Piece[] {
  const tables = objects.filter((o) => o.kind === 'table');
  const schemas = [...new Set(tables.map((t) => t.name.split('.')[0]!))];
  return [
    ...schemas.map((schema) => ({
      key: `schema ${schema}`,
      sql: `CREATE SCHEMA IF NOT EXISTS ${q(schema)};\nREVOKE ALL ON SCHEMA ${q(schema)} FROM PUBLIC;\nGRANT USAGE ON SCHEMA ${q(schema)} TO ${roles.platform};`,
      drop: '',
    })),
    ...objects.filter((o) => o.kind === 'schema').map((s) => handedPiece(s, tables)),
    ...tables.map((t) => tablePiece(t, roles)),
    ...objects.filter((o) => o.kind === 'index').map((i) => ({ key: i.key, sql: i.sql, drop: '' })),
  ];
}

/** The boundary with what the SQL files add to it. */
export function withBeside(boundary: Boundary, objects: readonly SqlObject[]): Boundary {
  const beside = objects.filter((o) => o.kind === 'table').map((t) => t.name);
  const handed = objects.filter((o) => o.kind === 'schema').map((s) => s.name);
  return {
    ...boundary,
    ...(beside.length > 0 ? { beside } : {}),
    ...(handed.length > 0 ? { handed } : {}),
  };
}

/**
 * A schema that belongs to another role is that role's own: the catalogue that migrations are compared by leaves it out. So
 * it is made together with the tables of its file.
 */
function handedPiece({ key, sql, file }: SqlObject, tables: readonly SqlObject[]): Piece {
  const beside = tables.filter((t) => t.file === file).map((t) => t.key);
  return { key, makes: (other) => beside.includes(other), sql, drop: '' };
}

function tablePiece({ key, name, sql }: SqlObject, { platform }: Roles): Piece {
  const [schema = '', table = ''] = name.split('.');
  const on = `${q(schema)}.${q(table)}`;
  const policy = q(`${table}_platform`);
  const parts = ['column', 'constraint', 'policy'].map((kind) => `${kind} ${name}.`);
  return {
    key,
    makes: (other) =>
      parts.some((part) => other.startsWith(part)) ||
      other === `rls ${name}` ||
      (other.startsWith('grants ') && other.endsWith(` ${name}`)),
    sql: `${sql}
ALTER TABLE ${on} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${on} FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS ${policy} ON ${on};
CREATE POLICY ${policy} ON ${on} TO ${platform} USING (true) WITH CHECK (true);
REVOKE ALL ON ${on} FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON ${on} TO ${platform};`,
    drop: '',
  };
}
