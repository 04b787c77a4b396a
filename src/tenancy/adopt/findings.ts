import type { Bond } from './bonds.ts';
import { carriesTenant, type Proposal, reachesTenant } from './proposal.ts';
import { plain } from './tables.ts';

/** A unique key whose values one tenant chooses and another can run into. */
export interface CrossingUnique {
  readonly proposal: Proposal;
  readonly columns: readonly string[];
  readonly primary: boolean;
}

/**
 * Unique keys that reach over tenants: neither the tenant nor a reference to a tenant's row is among the columns, and the
 * values are chosen rather than generated. A violation tells that another tenant has the value.
 */
export function crossingUniques(proposals: readonly Proposal[], bonds: readonly Bond[]): CrossingUnique[] {
  const known = new Map(proposals.map((p) => [p.table.model, p]));
  return proposals
    .filter((p) => p.scope !== 'tenant-root' && reachesTenant(p, known))
    .flatMap((proposal): CrossingUnique[] => {
      const { table } = proposal;
      const bound = new Set([
        ...(proposal.tenantColumn ? [proposal.tenantColumn] : []),
        ...bonds.filter((b) => b.from === proposal && b.kind !== 'open').flatMap((b) => b.reference.columns),
      ]);
      const crosses = (columns: readonly string[]) =>
        columns.length > 0 &&
        !columns.some((c) => bound.has(c)) &&
        !columns.some((name) => isGenerated(proposal, name, known));
      return [
        ...(crosses(table.key) ? [{ proposal, columns: table.key, primary: true }] : []),
        ...table.uniques.filter(crosses).map((columns) => ({ proposal, columns, primary: false })),
      ];
    });
}

/** Whether nobody chooses the value: it has a generator, is a random token by its name, or names a row that has. */
function isGenerated({ table }: Proposal, name: string, known: ReadonlyMap<string, Proposal>): boolean {
  const reference = table.references.find((r) => r.columns.includes(name));
  const target = known.get(reference?.target ?? '');
  if (reference && target && target.table !== table) {
    return isGenerated(target, reference.targetColumns[reference.columns.indexOf(name)]!, known);
  }
  const column = table.columns.find((c) => c.column === name);
  return column?.generated === true || /token|secret|hash|nonce/.test(plain(name));
}

/** Tenant columns that may be null. */
export function nullableTenants(proposals: readonly Proposal[]): Proposal[] {
  return proposals.filter(
    (p) => carriesTenant(p) && !p.table.columns.find((c) => c.column === p.tenantColumn)?.required,
  );
}
