import type { Reference, Table } from './tables.ts';

export type Confidence = 'high' | 'medium' | 'low';

/** What adoption proposes for one model, and why. */
export interface Proposal {
  readonly table: Table;
  readonly scope:
    | 'tenant-root'
    | 'tenant'
    | 'tenant-user'
    | 'tenant-or-user'
    | 'child'
    | 'identity'
    | 'catalogue'
    | 'ingest'
    | 'platform'
    | 'unknown';
  readonly confidence: Confidence;
  readonly reason: string;
  readonly tenantColumn?: string;
  readonly userColumn?: string;
  /** Of a child: the references that lead to its tenant, as alternatives. */
  readonly parents?: readonly Reference[];
  /** Of the platform's rows: whether tenants read them. */
  readonly readByAll?: boolean;
  /** What a person should look at. */
  readonly notes: readonly string[];
}

/** Whether rows of this table carry their tenant in a column. */
export function carriesTenant(proposal: Proposal | undefined): boolean {
  return ['tenant', 'tenant-user', 'tenant-or-user', 'catalogue', 'ingest'].includes(proposal?.scope ?? '');
}

/** Whether a row of this table belongs to a tenant, by a column of its own or over its parents. */
export function reachesTenant(proposal: Proposal | undefined, known: ReadonlyMap<string, Proposal>): boolean {
  if (!proposal) return false;
  if (proposal.scope === 'tenant-root' || carriesTenant(proposal)) return true;
  return (
    proposal.scope === 'child' && proposal.parents!.some((r) => reachesTenant(known.get(r.target), known))
  );
}
