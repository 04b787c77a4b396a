import { join } from 'node:path';
import { LotlineError } from '../../errors.ts';
import { inOrder, plannedTable } from './classify.ts';
import { deleteGroups } from './delete-rows.ts';
import { writeRows } from './export.ts';
import { readLiveTables } from './live-tables.ts';
import { type FileEntry, fileNameOf } from './manifest.ts';
import type { PlannedTable } from './plan.ts';
import { unseen } from './proof.ts';
import type { Counts, TenantStore } from './stores.ts';
import { streamRows } from './stream-rows.ts';
import type { TenantTransaction } from './transaction.ts';
import { closeRows, writeLines } from './write-lines.ts';

export interface PlainTables {
  readonly name: string;
  readonly schema: string;
  /** Names without schema. A table that comes to the schema later is nobody's until it is named here. */
  readonly tables: readonly string[];
  readonly tenantColumn: string;
  /** A role that sees and may change every row of them; the platform role where left out. */
  readonly role?: string;
}

/**
 * A store for tables of another schema whose rows name their tenant in a column. They are exported, imported and erased like
 * declared ones.
 */
export function plainTables(options: PlainTables): TenantStore {
  const labels = options.tables.map((t) => (options.schema === 'public' ? t : `${options.schema}.${t}`));
  const fileOf = ({ table }: PlannedTable) => fileNameOf(table.label);

  const each = async (
    tx: TenantTransaction,
    work: (planned: PlannedTable) => Promise<Omit<FileEntry, 'table' | 'file'>>,
  ) => {
    const entries: FileEntry[] = [];
    for (const planned of (await groups(tx)).flat())
      entries.push({ table: planned.table.label, file: fileOf(planned), ...(await work(planned)) });
    return entries;
  };

  /** The tables as they are, parents first. */
  const groups = async (tx: TenantTransaction): Promise<PlannedTable[][]> => {
    const role = options.role ?? tx.lifecycle.boundary.roles.platform;
    const live = await readLiveTables(tx.client);
    const hidden = await unseen(tx, role);
    const planned = labels.map((label) => {
      const table = live.get(label);
      const fault = !table
        ? 'is not there'
        : !table.columns.some((c) => c.name === options.tenantColumn)
          ? `has no column ${options.tenantColumn}`
          : hidden.has(label)
            ? `does not show its rows to ${role}`
            : undefined;
      if (fault) throw wrong(options.name, label, fault);
      return plannedTable(table!, 'linked', role, options.tenantColumn);
    });
    const { groups: ordered, open } = inOrder(planned);
    return ordered.map((g) => g.map((t) => ({ ...t, later: open.get(t.table.label) ?? [] })));
  };

  return {
    name: options.name,
    tables: labels,
    async count(tx): Promise<Counts> {
      const counts: Record<string, number> = {};
      for (const { table, role, where } of (await groups(tx)).flat()) {
        await tx.as(role);
        const sql = `SELECT count(*)::integer AS rows FROM ${table.sql} AS t WHERE ${where('t', tx.literal)}`;
        counts[table.label] = (await tx.client.query<{ rows: number }>(sql)).rows[0]!.rows;
      }
      return counts;
    },
    export: (tx, folder) => each(tx, (planned) => writeRows(tx, planned, join(folder, fileOf(planned)))),
    async import(tx, folder) {
      const planned = (await groups(tx)).flat();
      for (const table of planned) await writeLines(tx, table, join(folder, fileOf(table)));
      for (const table of planned) await closeRows(tx, table, join(folder, fileOf(table)));
    },
    erase: async (tx) => deleteGroups(tx, await groups(tx)),
    verify: (tx) => each(tx, (planned) => streamRows(tx, planned)),
  };
}

function wrong(store: string, table: string, fault: string): LotlineError {
  return new LotlineError(
    'STORE_INVALID',
    `The store ${store} answers for ${table}, which ${fault}. Nothing was done.`,
    'correct what the store names; docs/lifecycle.md says what it needs',
  );
}
