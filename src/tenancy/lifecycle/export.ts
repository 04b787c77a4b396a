import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { recordEvent } from './events.ts';
import { filledWhole, storeFolder } from './folder.ts';
import { fileNameOf, type Manifest, ownFiles, type TableEntry, writeManifest } from './manifest.ts';
import { ownTables, type PlannedTable } from './plan.ts';
import { planTenant } from './plan-tenant.ts';
import { streamRows } from './stream-rows.ts';
import { type Lifecycle, type TenantTransaction, withTenant } from './transaction.ts';
import { unknownTenant } from './unknown-tenant.ts';

export interface Exported {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly manifestSha256: string;
}

/**
 * Writes all rows of a tenant, of all its users, into a folder: one NDJSON file for each table and a manifest with counts
 * and hashes. One snapshot; memory does not grow with the rows. The rows of others that the tenant's rows refer to stand
 * in `references/`.
 * @param folder must not be there; it appears when it is whole.
 * @param actor who asks, for the record.
 * @throws LotlineError `TENANT_UNKNOWN`, `TENANT_UNCLASSIFIED`, `EXPORT_EXISTS`, `STOPPED`
 */
export async function exportTenant(
  lifecycle: Lifecycle,
  tenant: string,
  folder: string,
  actor: string,
): Promise<Exported> {
  return filledWhole(folder, async (partial) => {
    const manifest = await withTenant(lifecycle, tenant, 'read', (tx) => writeFiles(tx, partial));
    const manifestSha256 = await writeManifest(partial, manifest);
    const counts = Object.fromEntries(ownFiles(manifest).map((f) => [f.table, f.rows]));
    // Recorded before the folder appears: rather an entry too many than an export that nobody knows of.
    await withTenant(lifecycle, tenant, 'write', (tx) =>
      recordEvent(tx, { event: 'exported', actor, counts, manifestSha256 }),
    );
    return { folder, manifest, manifestSha256 };
  });
}

async function writeFiles(tx: TenantTransaction, partial: string): Promise<Manifest> {
  const about = await aboutDatabase(tx);
  const plan = await planTenant(tx);
  const tables: TableEntry[] = [];
  for (const planned of [...ownTables(plan), ...plan.references]) {
    const entry = await writeTable(tx, planned, partial);
    if (planned.table === plan.root.table && planned.kind === 'tenant' && entry.rows === 0)
      throw unknownTenant(tx.tenant);
    tables.push(entry);
  }
  const stores = [];
  for (const store of tx.lifecycle.stores ?? []) {
    const into = storeFolder(partial, store.name);
    await mkdir(into, { recursive: true, mode: 0o700 });
    stores.push({ name: store.name, files: await store.export(tx, into) });
  }
  const files = [...tables, ...stores.flatMap((s) => s.files)];
  const sum = (of: 'rows' | 'bytes') => files.reduce((total, f) => total + f[of], 0);
  return { format: 1, tenant: tx.tenant, ...about, rows: sum('rows'), bytes: sum('bytes'), tables, stores };
}

/** Writes one table's file, made even where there are no rows. */
async function writeTable(tx: TenantTransaction, planned: PlannedTable, folder: string): Promise<TableEntry> {
  const { table, kind, columns } = planned;
  const file = `${kind === 'reference' ? 'references/' : ''}${fileNameOf(table.label)}`;
  if (kind === 'reference') await mkdir(join(folder, 'references'), { recursive: true, mode: 0o700 });
  const passed = await writeRows(tx, planned, join(folder, file));
  return {
    table: table.label,
    file,
    kind,
    ...passed,
    key: table.key,
    columns: columns.map(({ name, type }) => ({ name, type })),
  };
}

/** Streams a table's rows into a file and sees them onto the disk. */
export async function writeRows(tx: TenantTransaction, planned: PlannedTable, path: string) {
  const handle = await open(path, 'wx', 0o600);
  try {
    const passed = await streamRows(tx, planned, async (chunk) => {
      await handle.writeFile(chunk);
    });
    await handle.sync();
    return passed;
  } finally {
    await handle.close();
  }
}

/** When and of what: read as the login, which may see Prisma's history where there is one. */
async function aboutDatabase(tx: TenantTransaction) {
  await tx.as('none');
  const { rows } =
    await tx.client.query(`SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS history,
    to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "takenAt",
    pg_current_snapshot()::text AS snapshot, current_setting('server_version') AS server`);
  const { history, ...about } = rows[0]!;
  return { ...about, migrations: history ? await appliedMigrations(tx) : [] } as Pick<
    Manifest,
    'takenAt' | 'snapshot' | 'server' | 'migrations'
  >;
}

/** Names of the migrations that the database has, in order. */
export async function appliedMigrations(tx: TenantTransaction): Promise<string[]> {
  const { rows } = await tx.client.query<{ name: string }>(
    `SELECT migration_name AS name FROM public._prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY 1`,
  );
  return rows.map((r) => r.name);
}
