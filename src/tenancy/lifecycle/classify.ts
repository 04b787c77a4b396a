import { quoteIdent as q } from '../../database/quote.ts';
import { LotlineError } from '../../errors.ts';
import type { Boundary, BoundaryModel } from '../boundary.ts';
import { CHANGE_CHANNEL, CONTEXT_KEYS, HISTORY, TENANT_EVENTS } from '../checks/facts/names.ts';
import { components, cyclic, looseColumn } from '../graph.ts';
import type { LiveTable, Reference } from './live-tables.ts';
import type { PlannedTable, TenantPlan, Unlinked } from './plan.ts';
import { findReferences } from './references.ts';

/** A table that holds nothing of tenants, with the reason why that is so. */
export interface Exempt {
  readonly table: string;
  readonly reason: string;
}

/** Tables of Lotline itself that no model declares. */
export const OWN_TABLES: readonly Exempt[] = [
  { table: HISTORY, reason: 'the history of migrations; refers to no tenant' },
  { table: CONTEXT_KEYS, reason: 'the keys of the signed context' },
  { table: CHANGE_CHANNEL, reason: 'the name of the channel on which changes are told' },
  { table: TENANT_EVENTS, reason: 'the record of what happened to tenants, which outlives them' },
];

/**
 * Says of every table of the database what it means to a tenant, from the declared scopes and the live catalogue.
 * @param claimed tables that stores answer for.
 * @throws LotlineError `TENANT_UNCLASSIFIED` where a table is neither declared nor claimed nor exempt, or may not be
 *   emptied with the tenant; `TENANT_SCHEMA_DIFFERS` where a declared table or tenant column is missing.
 */
export function classify(
  { models, roles, beside = [] }: Boundary,
  live: ReadonlyMap<string, LiveTable>,
  claimed: readonly string[] = [],
  exempt: readonly Exempt[] = [],
): TenantPlan {
  const declared = new Map(models.map((m) => [m.table, m]));
  requireDeclared(models, live);
  const known = new Set([...OWN_TABLES, ...exempt].map((e) => e.table).concat(claimed, beside));
  const faults = [...live.keys()].filter((label) => !declared.has(label) && !known.has(label));

  const rootModel = models.find((m) => m.scope === 'tenant-root')!;
  const own: PlannedTable[] = [];
  const unlinked: Unlinked[] = [];
  for (const model of models) {
    const table = live.get(model.table)!;
    const key = model.scope === 'tenant-root' ? 'id' : model.tenantColumn;
    if (key) {
      own.push(plannedTable(table, 'tenant', roles.custodian, key));
      continue;
    }
    for (const column of table.columns.filter((c) => c.type === 'uuid[]'))
      unlinked.push({ table, column: column.name, how: 'list' });
    for (const reference of table.references.filter((r) => r.target === rootModel.table)) {
      const column = reference.columns[0]!;
      if (reference.onDelete === 'c') own.push(plannedTable(table, 'linked', roles.platform, column));
      else if (reference.onDelete === 'n') unlinked.push({ table, column, how: 'reference' });
      else faults.push(`${table.label}.${column} (refers to the tenant and may not be emptied)`);
    }
  }
  // What stands beside Prisma's schema goes with the tenant it refers to; what refers to none is the server's own.
  for (const label of beside.filter((b) => !claimed.includes(b))) {
    const table = live.get(label);
    for (const reference of table?.references.filter((r) => r.target === rootModel.table) ?? []) {
      const column = reference.columns[0]!;
      if (reference.onDelete === 'c') own.push(plannedTable(table!, 'linked', roles.platform, column));
      else faults.push(`${label}.${column} (refers to the tenant and may not be emptied)`);
    }
  }
  if (faults.length > 0) throw unclassified(faults);

  const { groups, open } = inOrder(own);
  const members = own.find((t) => isMembership(t.table, declared));
  return {
    root: own.find((t) => t.table.label === rootModel.table)!,
    groups: groups.map((g) => g.map((t) => ({ ...t, later: open.get(t.table.label) ?? [] }))),
    references: findReferences(own, declared, live, roles.platform),
    unlinked,
    ...(members ? { members: members.table.label } : {}),
    live,
  };
}

/** A table whose rows name their tenant in a column. */
export function plannedTable(
  table: LiveTable,
  kind: 'tenant' | 'linked',
  role: string,
  tenantColumn: string,
): PlannedTable {
  return {
    table,
    kind,
    role,
    tenantColumn,
    where: (alias, tenant) => `${alias}.${q(tenantColumn)} = ${tenant}`,
    columns: table.columns.filter((c) => !c.generated),
    later: [],
    creates: true,
  };
}

/** Parents first. A reference that closes a cycle is left open by a column that may be null. */
export function inOrder(tables: readonly PlannedTable[]): {
  groups: PlannedTable[][];
  open: Map<string, string[]>;
} {
  const byLabel = new Map(tables.map((t) => [t.table.label, t]));
  const labels = [...byLabel.keys()];
  const edges = tables.flatMap(({ table }) =>
    table.references.map((r: Reference) => ({ from: table.label, to: r.target, reference: r })),
  );
  const open = new Map<string, string[]>();
  const left = new Set<Reference>();
  for (const { from, reference } of cyclic(labels, edges)) {
    const { columns, key } = byLabel.get(from)!.table;
    if (key.length === 0) continue;
    const column = looseColumn(reference.columns, (name) =>
      columns.some((c) => c.name === name && c.nullable),
    );
    if (!column) continue;
    left.add(reference);
    const kept = open.get(from) ?? [];
    if (!kept.includes(column)) open.set(from, [...kept, column]);
  }
  const targets = (strict: boolean) => (label: string) =>
    edges.filter((e) => e.from === label && !(strict && left.has(e.reference))).map((e) => e.to);
  // Inside a group, what cannot be left open decides.
  const groups = components(labels, targets(false)).map((g) => components(g, targets(true)).flat());
  return { groups: groups.map((g) => g.map((label) => byLabel.get(label)!)), open };
}

function isMembership(table: LiveTable, declared: ReadonlyMap<string, BoundaryModel>): boolean {
  const tenant = declared.get(table.label)?.tenantColumn;
  const person = table.references.find((r) => declared.get(r.target)?.scope === 'identity')?.columns[0];
  return table.key.length === 2 && [tenant, person].every((c) => c !== undefined && table.key.includes(c));
}

function requireDeclared(models: readonly BoundaryModel[], live: ReadonlyMap<string, LiveTable>): void {
  const missing = models.flatMap((m) => {
    const table = live.get(m.table);
    if (!table) return [m.table];
    const lacks = m.tenantColumn && !table.columns.some((c) => c.name === m.tenantColumn);
    return lacks ? [`${m.table}.${m.tenantColumn}`] : [];
  });
  if (missing.length === 0) return;
  throw new LotlineError(
    'TENANT_SCHEMA_DIFFERS',
    `The database lacks what the schema declares: ${missing.join(', ')}.`,
    'npm run db:apply, then repeat; npm run db:sync shows what differs',
  );
}

function unclassified(tables: readonly string[]): LotlineError {
  return new LotlineError(
    'TENANT_UNCLASSIFIED',
    `Nobody has said whose rows these hold: ${tables.join(', ')}. Nothing was done.`,
    'declare a model with a @scope, let a store answer for the table, or exempt it with a reason (docs/lifecycle.md)',
  );
}
