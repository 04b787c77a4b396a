import { quoteIdent as q } from '../../database/quote.ts';
import type { Boundary } from '../boundary.ts';
import type { SchemaFile } from '../scanner.ts';
import { guardName, qualified, tenantOf } from './guards.ts';
import type { AdoptionStep } from './migration.ts';
import type { Proposal } from './proposal.ts';
import type { Table, TableColumn } from './tables.ts';

/** The tenant column that most tables of the schema have, as new ones are called. */
export interface NewColumn {
  readonly field: string;
  readonly column: string;
  /** Type and attributes as Prisma writes them. */
  readonly declaration: string;
  readonly type: string;
}

/** Models that reach the tenant over a parent and whose tables are free to take the column. */
export function denormalisable(proposals: readonly Proposal[], column: NewColumn): Proposal[] {
  const known = new Map(proposals.map((p) => [p.table.model, p]));
  return proposals.filter(
    (p) =>
      p.scope === 'child' &&
      isFirm(p, known) &&
      !p.table.columns.some((c) => c.column === column.column || c.field === column.field),
  );
}

/** Whether every row has a tenant: no reference on the way, and no tenant column at its end, may be null. */
function isFirm(p: Proposal, known: ReadonlyMap<string, Proposal>): boolean {
  if (p.scope === 'tenant-root') return true;
  if (p.tenantColumn) return p.table.columns.some((c) => c.column === p.tenantColumn && c.required);
  const [parent, ...more] = p.parents ?? [];
  return (
    parent !== undefined && more.length === 0 && parent.required && isFirm(known.get(parent.target)!, known)
  );
}

/**
 * The column to add. Its name is the one most tenant columns have; its value comes from the context, or from the parent.
 * @param source the schema's line that declares the key of the tenant, for its native type.
 */
export function newColumn(proposals: readonly Proposal[], tenant: Table, source: string): NewColumn {
  const uses = new Map<string, { count: number; column: TableColumn }>();
  for (const p of proposals) {
    const column = p.table.columns.find((c) => c.column === p.tenantColumn);
    if (!column) continue;
    const name = `${column.field} ${column.column}`;
    uses.set(name, { column, count: (uses.get(name)?.count ?? 0) + 1 });
  }
  const most = [...uses.values()].sort((a, b) => b.count - a.count)[0]?.column;
  const stem = `${tenant.model[0]!.toLowerCase()}${tenant.model.slice(1)}Id`;
  const field = most?.field ?? stem;
  const column = most?.column ?? stem;
  const key = tenant.columns.find((c) => c.column === tenant.key[0])!;
  const scalar = /^\s*\w+\s+(\w+)/.exec(source)?.[1] ?? 'String';
  const native = /@db\.\w+(\([^)]*\))?/.exec(source)?.[0];
  const map = field === column ? '' : ` @map(${JSON.stringify(column)})`;
  return {
    field,
    column,
    type: key.type,
    declaration: `${scalar} @default(dbgenerated("app.current_organization_id()"))${map}${native ? ` ${native}` : ''}`,
  };
}

/** The files with the column and its scope in each of these models; nothing else changes. */
export function addColumns(
  files: readonly SchemaFile[],
  models: readonly Proposal[],
  column: NewColumn,
): SchemaFile[] {
  return files.map(([path, text]) => {
    const opens = new Map(
      models.filter((p) => p.table.place.file === path).map((p) => [p.table.place.line - 1, p]),
    );
    const ending = text.includes('\r\n') ? '\r\n' : '\n';
    const lines = text.split('\n').map((line, index) => {
      if (!opens.has(index)) return line;
      const scope = `/// @scope tenant(${column.column})${ending}`;
      const carriage = line.endsWith('\r') ? '\r' : '';
      const key = `  @@index([${column.field}], map: "${indexName(opens.get(index)!)}")`;
      return `${scope}${line}\n  ${column.field} ${column.declaration}${carriage}\n${key}${carriage}`;
    });
    return [path, lines.join('\n')];
  });
}

/**
 * Adds the columns to tables that are in use: nullable first, filled by a trigger and once from the parents, then NOT NULL
 * by way of a check, so that no step rewrites the table or scans it under a lock that keeps readers out.
 */
export function columnsStep(
  boundary: Boundary,
  models: readonly Proposal[],
  before: readonly Proposal[],
  column: NewColumn,
): AdoptionStep {
  const known = new Map(before.map((p) => [p.table.model, p]));
  const name = q(column.column);
  const each = (make: (p: Proposal, table: string) => string) =>
    models.map((p) => make(p, qualified(p.table))).join('\n');
  const fill = (p: Proposal) => `app.${q(guardName(p.table).replace(/^guard/, 'fill'))}`;
  const functions = models.map(
    (p) => `CREATE OR REPLACE FUNCTION ${fill(p)}() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.${name} := COALESCE(NEW.${name}, ${tenantOf('NEW', p, known)});
  RETURN NEW;
END $$;`,
  );
  const sql = `-- Written by \`lotline adopt --denormalise\`. Prisma sends this file as one query, which PostgreSQL runs whole or not at all.
-- The UPDATEs write every row once. On large tables run them by hand in batches before (WHERE ${column.column} IS NULL …).

SET LOCAL ROLE ${boundary.roles.owner};
SET LOCAL check_function_bodies = off;
${functions.join('\n')}
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA app TO SESSION_USER;
RESET ROLE;

${each((_, t) => `ALTER TABLE ${t} ADD COLUMN IF NOT EXISTS ${name} ${column.type};`)}
${each((_, t) => `ALTER TABLE ${t} ALTER COLUMN ${name} SET DEFAULT app.current_organization_id();`)}
${each(
  (p, t) => `CREATE TRIGGER tenant_fill BEFORE INSERT ON ${t}
  FOR EACH ROW EXECUTE FUNCTION ${fill(p)}();`,
)}

${each((p, t) => `UPDATE ${t} AS row SET ${name} = ${tenantOf('row', p, known)} WHERE ${name} IS NULL;`)}

${each((p, t) => `ALTER TABLE ${t} ADD CONSTRAINT ${checkName(p)} CHECK (${name} IS NOT NULL) NOT VALID;`)}
${each((p, t) => `ALTER TABLE ${t} VALIDATE CONSTRAINT ${checkName(p)};`)}
${each((p, t) => `ALTER TABLE ${t} ALTER COLUMN ${name} SET NOT NULL;\nALTER TABLE ${t} DROP CONSTRAINT ${checkName(p)};`)}

-- Policies compare the column first.
${each((p, t) => `CREATE INDEX IF NOT EXISTS ${q(indexName(p))} ON ${t} (${name});`)}
`;
  return { name: 'tenant-columns', sql };
}

function indexName({ table }: Proposal): string {
  return `${table.table.slice(0, 50)}_tenant_idx`;
}

function checkName({ table }: Proposal): string {
  return q(`${table.table.slice(0, 48)}_tenant_filled`);
}
