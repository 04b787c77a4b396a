import type { FileEntry } from './manifest.ts';
import type { TenantTransaction } from './transaction.ts';

/** How many rows (or files) of a tenant stand where. */
export type Counts = Readonly<Record<string, number>>;

/**
 * Something beside the declared tables that holds a tenant's data: the schema of another program, a job queue, files. It
 * takes part in export, import and erasure. What it does in the database it does in the transaction that it is given, so
 * that all happens or nothing; what stands elsewhere it removes last, in `erase`, and says so in `verify`.
 */
export interface TenantStore {
  /** Names the folder of its files in an export: letters, digits and hyphens. */
  readonly name: string;
  /** Tables that it answers for, as `schema.table`; every other table of the database must be declared. */
  readonly tables: readonly string[];
  count(tx: TenantTransaction): Promise<Counts>;
  /** Writes its files into the folder, which is there, and tells of each. Counts, bytes and SHA-256 are of the file. */
  export(tx: TenantTransaction, folder: string): Promise<FileEntry[]>;
  /** Brings the files back; their hashes are checked already. */
  import(tx: TenantTransaction, folder: string, files: readonly FileEntry[]): Promise<void>;
  /** Removes what stands in the database, and says what is removed in all. */
  erase(tx: TenantTransaction): Promise<Counts>;
  /**
   * After the erasure was committed: removes what stands outside the database. Such a store's `verify` is asked afterwards
   * only. A crash may come before it, so something else has to find what is left.
   */
  erased?(tenant: string): Promise<void>;
  /** What is there, as `export` would tell it without writing: after an import the same entries, after an erasure none. */
  verify(tx: TenantTransaction): Promise<FileEntry[]>;
}
