import type { LiveColumn, LiveTable } from './live-tables.ts';

/** One table of a tenant's life: which of its rows are the tenant's, and as which role they are worked on. */
export interface PlannedTable {
  readonly table: LiveTable;
  /**
   * `tenant`: the tenant's own rows. `linked`: rows of the platform that refer to the tenant and go with it. `reference`:
   * rows of others that the tenant's rows refer to.
   */
  readonly kind: 'tenant' | 'linked' | 'reference';
  readonly role: string;
  /** The column that names the tenant; absent on references. */
  readonly tenantColumn?: string;
  /** The condition that selects the rows: of the table under this alias, for this tenant, both as SQL. */
  where(alias: string, tenant: string): string;
  /** What is exported and written: all columns but those that the server computes. */
  readonly columns: readonly LiveColumn[];
  /** Nullable columns that are written when every row is there, because they close a cycle of references. */
  readonly later: readonly string[];
  /** Whether a missing row may be written by an import (people), or must be there (a catalogue). */
  readonly creates: boolean;
}

/** Everything that a tenant's life touches, in the order in which rows can be inserted. */
export interface TenantPlan {
  readonly root: PlannedTable;
  /** The tenant's and the linked rows: parents before children; tables that refer to each other share a group. */
  readonly groups: readonly (readonly PlannedTable[])[];
  readonly references: readonly PlannedTable[];
  /** Columns that name the tenant among others, or may be emptied, in tables that stay. */
  readonly unlinked: readonly Unlinked[];
  /** The table whose key is tenant and person, where there is one. */
  readonly members?: string;
  readonly live: ReadonlyMap<string, LiveTable>;
}

export interface Unlinked {
  readonly table: LiveTable;
  readonly column: string;
  /** A list loses the id; a reference that its foreign key empties is set to null. */
  readonly how: 'list' | 'reference';
}

/** The tables of a plan that hold rows of the tenant, in order. */
export function ownTables(plan: TenantPlan): PlannedTable[] {
  return plan.groups.flat();
}
