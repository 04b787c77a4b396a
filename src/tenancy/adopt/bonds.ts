import { carriesTenant, type Proposal, reachesTenant } from './proposal.ts';
import { baseType, type Reference, type Table } from './tables.ts';

/**
 * How a reference between rows of tenants is kept inside one tenant.
 * - `composite`: a unique and a foreign key over tenant and id; binds every role and every race.
 * - `guard`: a trigger compares the tenants when the row is written; weaker, see docs/adopt.md.
 * - `path`: the child's own policy compares it.
 * - `carried`: the reference carries the tenant already.
 * - `open`: nothing binds it; the tenant or a person names a row across the boundary on purpose, or so it seems.
 */
export type BondKind = 'composite' | 'guard' | 'path' | 'carried' | 'open';

export interface Bond {
  readonly from: Proposal;
  readonly to: Proposal;
  readonly reference: Reference;
  readonly kind: BondKind;
  readonly why: string;
}

export interface BondOptions {
  readonly foreignKeys: boolean;
  /** Whether composite keys may be added; otherwise triggers guard. */
  readonly composite: boolean;
}

/** Every reference that ends at a row of a tenant. */
export function bondsOf(proposals: readonly Proposal[], options: BondOptions): Bond[] {
  const known = new Map(proposals.map((p) => [p.table.model, p]));
  return proposals.flatMap((from) =>
    from.table.references.flatMap((reference): Bond[] => {
      const to = known.get(reference.target);
      if (!to || !reachesTenant(to, known)) return [];
      const bond = bondOf(from, to, reference, known, options);
      return bond ? [{ from, to, reference, ...bond }] : [];
    }),
  );
}

function bondOf(
  from: Proposal,
  to: Proposal,
  reference: Reference,
  known: ReadonlyMap<string, Proposal>,
  options: BondOptions,
): { kind: BondKind; why: string } | undefined {
  const tenantColumn = from.tenantColumn;
  if (to.scope === 'tenant-root') {
    const own = reference.columns.join() === tenantColumn || from.parents?.includes(reference);
    if (own) return undefined;
    return { kind: 'open', why: 'names a second tenant' };
  }
  if (from.parents?.includes(reference)) return { kind: 'path', why: 'the policy of the child compares it' };
  const at = tenantColumn ? reference.columns.indexOf(tenantColumn) : -1;
  if (at >= 0 && reference.targetColumns[at] === to.tenantColumn) {
    return { kind: 'carried', why: 'the reference carries the tenant' };
  }
  if (!reachesTenant(from, known)) {
    return { kind: 'open', why: `${from.table.model} belongs to no tenant` };
  }
  const not = notComposite(from, to, reference, options);
  return not ? { kind: 'guard', why: not } : { kind: 'composite', why: 'both rows carry the tenant' };
}

/** Why no composite key can be added, or undefined where it can. */
function notComposite(
  from: Proposal,
  to: Proposal,
  reference: Reference,
  options: BondOptions,
): string | undefined {
  if (!options.composite) return 'composite keys are not wanted';
  if (!options.foreignKeys) return 'the schema keeps its relations out of the database';
  if (reference.by === 'name') return 'there is no foreign key to complete';
  if (!carriesTenant(from) || !from.tenantColumn) return `${from.table.model} carries no tenant column`;
  if (!carriesTenant(to) || !to.tenantColumn) return `${to.table.model} carries no tenant column`;
  if (!column(from.table, from.tenantColumn)?.required) return `${from.tenantColumn} may be null`;
  if (!column(to.table, to.tenantColumn)?.required) return `${to.table.model}.${to.tenantColumn} may be null`;
  if (reference.targetColumns.includes(to.tenantColumn)) return 'the reference names a tenant of its own';
  const types = [column(from.table, from.tenantColumn), column(to.table, to.tenantColumn)].map((c) =>
    baseType(c!.type),
  );
  return types[0] === types[1] ? undefined : 'the tenant columns differ in type';
}

function column(table: Table, name: string) {
  return table.columns.find((c) => c.column === name);
}
