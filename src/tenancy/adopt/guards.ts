import { quoteIdent as q, quoteLiteral } from '../../database/quote.ts';
import type { Bond } from './bonds.ts';
import type { Proposal } from './proposal.ts';
import type { Reference, Table } from './tables.ts';

type Known = ReadonlyMap<string, Proposal>;

/** The table with its schema, so that no search_path decides which one is meant. */
export function qualified(table: Table): string {
  return `${q(table.schema ?? 'public')}.${q(table.table)}`;
}

/** An expression for the tenant of a row: its column, or its parent's, as far up as it takes. */
export function tenantOf(row: string, proposal: Proposal, known: Known, depth = 1): string {
  if (proposal.scope === 'tenant-root') return `${row}.${q(proposal.table.key[0]!)}`;
  if (proposal.tenantColumn) return `${row}.${q(proposal.tenantColumn)}`;
  const above = (proposal.parents ?? []).map((reference) => {
    const parent = known.get(reference.target)!;
    const alias = `above_${depth}`;
    const tenant = tenantOf(alias, parent, known, depth + 1);
    return `(SELECT ${tenant} FROM ${qualified(parent.table)} AS ${alias} WHERE ${joins(alias, row, reference)})`;
  });
  return above.length === 1 ? above[0]! : `COALESCE(${above.join(', ')})`;
}

function joins(target: string, row: string, { columns, targetColumns }: Reference): string {
  return columns.map((c, i) => `${target}.${q(targetColumns[i]!)} = ${row}.${q(c)}`).join(' AND ');
}

/** The condition that a reference stays inside one tenant, on the row `row`; true where it is null. */
function sameTenant(row: string, bond: Bond, known: Known): string {
  const { from, to, reference } = bond;
  const empty = reference.columns.map((c) => `${row}.${q(c)} IS NULL`).join(' OR ');
  const target = `SELECT FROM ${qualified(to.table)} AS target WHERE ${joins('target', row, reference)}`;
  const same = `${tenantOf('target', to, known)} IS NOT DISTINCT FROM ${tenantOf(row, from, known)}`;
  return `${empty} OR EXISTS (${target}\n      AND ${same})`;
}

/** `guard_<table>`, in PostgreSQL's 63 bytes. */
export function guardName(table: Table): string {
  return `guard_${table.schema && table.schema !== 'public' ? `${table.schema}_` : ''}${table.table}`.slice(
    0,
    63,
  );
}

/**
 * The trigger functions that compare tenants where no key can. They run as whoever writes, so a row that the writer
 * cannot see is refused like one that is not there, and after the row is stored, when no other trigger changes it.
 */
export function guardFunction(table: Table, bonds: readonly Bond[], known: Known): string {
  const checks = bonds.map((bond) => {
    const columns = bond.reference.columns.join(', ');
    return `  IF NOT (${sameTenant('NEW', bond, known)}) THEN
    RAISE EXCEPTION USING ERRCODE = '23503',
      MESSAGE = ${quoteLiteral(`${table.table}.${columns} names no row of the same tenant in ${bond.to.table.table}`)};
  END IF;`;
  });
  return `CREATE OR REPLACE FUNCTION app.${q(guardName(table))}() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
${checks.join('\n')}
  RETURN NULL;
END $$;`;
}

/** The trigger that calls the guard when one of the columns it looks at is written. */
export function guardTrigger(table: Table, bonds: readonly Bond[]): string {
  const { from } = bonds[0]!;
  const columns = new Set([
    ...bonds.flatMap((b) => b.reference.columns),
    ...(from.tenantColumn ? [from.tenantColumn] : []),
    ...(from.parents ?? []).flatMap((r) => r.columns),
  ]);
  return `DROP TRIGGER IF EXISTS tenant_guard ON ${qualified(table)};
CREATE TRIGGER tenant_guard AFTER INSERT OR UPDATE OF ${[...columns].map(q).join(', ')} ON ${qualified(table)}
  FOR EACH ROW EXECUTE FUNCTION app.${q(guardName(table))}();`;
}

/** How many rows cross tenants today: triggers do not look at rows that are there already. */
export function crossingRows(bond: Bond, known: Known): string {
  const { from, reference } = bond;
  const what = `${from.table.table}.${reference.columns.join(', ')}`;
  return `SELECT ${quoteLiteral(what)} AS reference, count(*) AS crossing FROM ${qualified(from.table)} AS row
WHERE NOT (${sameTenant('row', bond, known)});`;
}
