import { LotlineError } from '../../errors.ts';
import type { Manifest, TableEntry } from './manifest.ts';
import { ownTables, type PlannedTable, type TenantPlan } from './plan.ts';
import type { TenantStore } from './stores.ts';

/**
 * Insists that the tables of an export are those of this database: names, columns, types, keys, stores.
 * @throws LotlineError `IMPORT_SCHEMA_DIFFERS` with all differences.
 */
export function compareSchema(manifest: Manifest, plan: TenantPlan, stores: readonly TenantStore[]): void {
  const faults: string[] = [];
  const planned = [...ownTables(plan), ...plan.references];
  const nameOf = (t: { kind: string; table: string }) =>
    `${t.table}${t.kind === 'reference' ? ' (references)' : ''}`;
  for (const entry of manifest.tables) {
    const table = planned.find((p) => p.table.label === entry.table && p.kind === entry.kind);
    if (table) faults.push(...columnFaults(entry, table));
    else faults.push(`${nameOf(entry)} is not here`);
  }
  for (const { table, kind } of planned) {
    if (!manifest.tables.some((t) => t.table === table.label && t.kind === kind))
      faults.push(`${nameOf({ table: table.label, kind })} is not in the export`);
  }
  const [here, there] = [stores.map((s) => s.name), manifest.stores.map((s) => s.name)];
  faults.push(...there.filter((s) => !here.includes(s)).map((s) => `the store ${s} is not here`));
  faults.push(...here.filter((s) => !there.includes(s)).map((s) => `the store ${s} is not in the export`));
  if (faults.length === 0) return;
  const last = manifest.migrations.at(-1);
  throw new LotlineError(
    'IMPORT_SCHEMA_DIFFERS',
    `The export comes from another schema: ${faults.join('; ')}.`,
    `bring the database to the migrations of the export${last ? ` (the last is ${last})` : ''}, import, then apply the others`,
  );
}

function columnFaults(entry: TableEntry, { table, columns }: PlannedTable): string[] {
  const here = new Map(columns.map((c) => [c.name, c.type]));
  const there = new Map(entry.columns.map((c) => [c.name, c.type]));
  const faults: string[] = [];
  for (const [name, type] of there) {
    const found = here.get(name);
    if (found === undefined) faults.push(`${table.label}.${name} is not here`);
    else if (found !== type) faults.push(`${table.label}.${name} is ${found} here, ${type} in the export`);
  }
  for (const name of here.keys())
    if (!there.has(name)) faults.push(`${table.label}.${name} is not in the export`);
  if (entry.key.join() !== table.key.join()) faults.push(`${table.label} has another primary key`);
  return faults;
}
