import { join } from 'node:path';
import { LotlineError } from '../../errors.ts';
import { bringReferences, findUnreferred } from './bring-references.ts';
import { compareSchema } from './compare-schema.ts';
import { recordEvent } from './events.ts';
import { storeFolder } from './folder.ts';
import { type FileEntry, type Manifest, ownFiles } from './manifest.ts';
import { ownTables, type TenantPlan } from './plan.ts';
import { planTenant } from './plan-tenant.ts';
import { streamRows } from './stream-rows.ts';
import { type Lifecycle, type TenantTransaction, withTenant } from './transaction.ts';
import { verifyExport } from './verify-export.ts';
import { closeRows, writeLines } from './write-lines.ts';

export interface Imported {
  readonly tenant: string;
  readonly rows: number;
  /** Rows by table, without references. */
  readonly tables: Readonly<Record<string, number>>;
  /** People who were not there and were made; referred rows whose content is another than at the time of the export. */
  readonly created: number;
  readonly changed: number;
}

/**
 * Brings an export back, into this or another database, with the same ids: one transaction, in which every table is read
 * again and hashed before anything is kept.
 * @throws LotlineError `EXPORT_INVALID`, `TENANT_EXISTS`, `IMPORT_SCHEMA_DIFFERS`, `IMPORT_REFERENCE_MISSING`,
 *   `IMPORT_DIFFERS`, `TENANT_CONFLICT`, `STOPPED`; nothing is written then.
 */
export async function importTenant(lifecycle: Lifecycle, folder: string, actor: string): Promise<Imported> {
  const { manifest, sha256 } = await verifyExport(folder, lifecycle.onProgress);
  return withTenant(lifecycle, manifest.tenant, 'write', async (tx) => {
    const plan = await planTenant(tx);
    compareSchema(manifest, plan, lifecycle.stores ?? []);
    await requireAbsent(tx, plan);
    const { created, changed } = await bringReferences(tx, plan, manifest, folder);
    for (const planned of ownTables(plan))
      await writeLines(tx, planned, fileOf(manifest, planned.table.label, folder));
    for (const planned of ownTables(plan))
      await closeRows(tx, planned, fileOf(manifest, planned.table.label, folder));
    for (const store of lifecycle.stores ?? []) {
      const { files } = manifest.stores.find((s) => s.name === store.name)!;
      await store.import(tx, storeFolder(folder, store.name), files);
    }
    await tx.client.query('SET CONSTRAINTS ALL IMMEDIATE');
    await proveWritten(tx, plan, manifest);
    const own = ownFiles(manifest);
    const tables = Object.fromEntries(own.map((t) => [t.table, t.rows]));
    await recordEvent(tx, { event: 'imported', actor, counts: tables, manifestSha256: sha256 });
    return {
      tenant: manifest.tenant,
      rows: own.reduce((n, t) => n + t.rows, 0),
      tables,
      created,
      changed,
    };
  });
}

function fileOf(manifest: Manifest, table: string, folder: string): string {
  return join(folder, manifest.tables.find((t) => t.table === table && t.kind !== 'reference')!.file);
}

/** No row of the tenant may be there, in no table: what is there was not erased, or belongs to a half of another. */
async function requireAbsent(tx: TenantTransaction, plan: TenantPlan): Promise<void> {
  for (const planned of ownTables(plan)) {
    await tx.as(planned.role);
    const { rowCount } = await tx.client.query(
      `SELECT FROM ${planned.table.sql} AS t WHERE ${planned.where('t', tx.literal)} LIMIT 1`,
    );
    if (rowCount === 0) continue;
    throw new LotlineError(
      'TENANT_EXISTS',
      `The tenant ${tx.tenant} is in this database already (${planned.table.label} has rows of it).`,
      'erase it first (npx lotline tenant erase), or import into another database',
    );
  }
}

/** Reads back what was written and compares rows and hash with the export. */
async function proveWritten(tx: TenantTransaction, plan: TenantPlan, manifest: Manifest): Promise<void> {
  const wrong = await findUnreferred(tx, plan, manifest);
  const compare = (expected: FileEntry, found: Pick<FileEntry, 'rows' | 'sha256'> | undefined) => {
    if (found?.rows !== expected.rows)
      wrong.push(`${expected.table} (${found?.rows ?? 0} rows, not ${expected.rows})`);
    else if (found.sha256 !== expected.sha256) wrong.push(`${expected.table} (other content)`);
  };
  for (const planned of ownTables(plan)) {
    const expected = manifest.tables.find((t) => t.table === planned.table.label && t.kind !== 'reference')!;
    compare(expected, await streamRows(tx, planned));
  }
  for (const store of tx.lifecycle.stores ?? []) {
    const found = await store.verify(tx);
    const { files } = manifest.stores.find((s) => s.name === store.name)!;
    for (const file of files)
      compare(
        file,
        found.find((f) => f.file === file.file),
      );
  }
  if (wrong.length === 0) return;
  throw new LotlineError(
    'IMPORT_DIFFERS',
    `What was written is not what the export holds: ${wrong.join(', ')}. Nothing was kept.`,
    'a trigger that changes rows also for the custodian does this; npm run db:sync shows triggers that are not declared',
  );
}
