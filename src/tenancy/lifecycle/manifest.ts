import { createHash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LotlineError } from '../../errors.ts';

/** A file of an export: its rows, bytes and SHA-256 (hexadecimal). */
export interface FileEntry {
  /** The table's label, or what a store calls it. */
  readonly table: string;
  /** Path in the export, with `/`. */
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

export interface TableEntry extends FileEntry {
  readonly kind: 'tenant' | 'linked' | 'reference';
  readonly key: readonly string[];
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** `manifest.json`: what an export holds, of whom, and how it was in the database. */
export interface Manifest {
  readonly format: 1;
  readonly tenant: string;
  /** Start of the snapshot, ISO 8601 in UTC, and the snapshot as the server names it. */
  readonly takenAt: string;
  readonly snapshot: string;
  readonly server: string;
  /** Migrations applied to the database, in order. */
  readonly migrations: readonly string[];
  readonly rows: number;
  readonly bytes: number;
  readonly tables: readonly TableEntry[];
  readonly stores: readonly { readonly name: string; readonly files: readonly FileEntry[] }[];
}

const NAME = 'manifest.json';

/** Writes the manifest and sees it onto the disk; gives its SHA-256. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<string> {
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  const file = await open(join(folder, NAME), 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  return sha256(text);
}

/**
 * Reads the manifest of an export.
 * @throws LotlineError `EXPORT_INVALID`
 */
export async function readManifest(folder: string): Promise<{ manifest: Manifest; sha256: string }> {
  let text: string;
  let manifest: Manifest;
  try {
    text = await readFile(join(folder, NAME), 'utf8');
    manifest = JSON.parse(text);
  } catch (error) {
    throw invalid(folder, `its ${NAME} cannot be read (${(error as Error).message})`, error);
  }
  const fault = faultOf(manifest);
  if (fault) throw invalid(folder, fault);
  return { manifest, sha256: sha256(text) };
}

/** The name of a table's file, also where the table's own name is no name for a file. */
export function fileNameOf(label: string): string {
  return `${encodeURIComponent(label)}.ndjson`;
}

/** Every file that the manifest names. */
export function filesOf({ tables, stores }: Manifest): FileEntry[] {
  return [...tables, ...stores.flatMap((s) => s.files)];
}

/** The files of the tenant's own rows: all but references. */
export function ownFiles({ tables, stores }: Manifest): FileEntry[] {
  return [...tables.filter((t) => t.kind !== 'reference'), ...stores.flatMap((s) => s.files)];
}

function faultOf(manifest: Manifest): string | undefined {
  if (typeof manifest !== 'object' || manifest === null) return `${NAME} holds no object`;
  if (manifest.format !== 1) return `${NAME} has the format ${String(manifest.format)}, not 1`;
  if (typeof manifest.tenant !== 'string') return `${NAME} names no tenant`;
  if (!Array.isArray(manifest.tables) || !Array.isArray(manifest.stores)) return `${NAME} lists no tables`;
  const wrong = filesOf(manifest).find(
    (f) =>
      typeof f.table !== 'string' ||
      !/^(?:[\w-]+\/)*[\w.%-]+$/.test(f.file) ||
      f.file.split('/').some((part) => /^\.+$/.test(part)) ||
      !Number.isSafeInteger(f.rows) ||
      !/^[0-9a-f]{64}$/.test(f.sha256),
  );
  return wrong ? `${NAME} describes ${JSON.stringify(wrong.file)} wrongly` : undefined;
}

export function invalid(folder: string, what: string, cause?: unknown): LotlineError {
  return new LotlineError(
    'EXPORT_INVALID',
    `${folder} is no whole export: ${what}.`,
    'export the tenant again',
    {
      cause,
    },
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
