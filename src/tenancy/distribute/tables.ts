import type { Boundary, BoundaryModel } from '../boundary.ts';

/** Where the rows of a table stand in a cluster. */
export interface Placement {
  readonly table: string;
  /** `reference`: a copy on every node. `distributed`: the rows of a tenant together on one. */
  readonly kind: 'reference' | 'distributed';
  /** The column whose value chooses the node. */
  readonly column?: string;
  /** The table that the others stand beside, so that a tenant's rows meet on one node. */
  readonly colocateWith?: string;
}

/**
 * A table is distributed where each row belongs to one tenant alone. The tenants themselves, people, and what all
 * tenants read (catalogues, rows of the platform) are reference tables, because others point at them.
 */
export function isDistributed(model: Pick<BoundaryModel, 'scope' | 'tenantColumn'>): boolean {
  return model.tenantColumn !== undefined && model.scope !== 'catalogue';
}

/** Every table once: reference tables first, in each group a table after those that its foreign keys point at. */
export function placements({ models }: Pick<Boundary, 'models'>): Placement[] {
  const ordered = parentsFirst(models);
  const distributed = ordered.filter(isDistributed);
  return [
    ...ordered.filter((m) => !isDistributed(m)).map(({ table }): Placement => ({ table, kind: 'reference' })),
    ...distributed.map(
      ({ table, tenantColumn }, i): Placement => ({
        table,
        kind: 'distributed',
        column: tenantColumn!,
        ...(i > 0 ? { colocateWith: distributed[0]!.table } : {}),
      }),
    ),
  ];
}

function parentsFirst(models: readonly BoundaryModel[]): BoundaryModel[] {
  const ordered: BoundaryModel[] = [];
  const seen = new Set<string>();
  const byTable = new Map(models.map((m) => [m.table, m]));
  const place = (model: BoundaryModel) => {
    if (seen.has(model.table)) return;
    seen.add(model.table);
    for (const key of model.foreignKeys) {
      const parent = byTable.get(key.targetTable);
      if (parent) place(parent);
    }
    ordered.push(model);
  };
  for (const model of [...models].sort((a, b) => (a.table < b.table ? -1 : 1))) place(model);
  return ordered;
}
