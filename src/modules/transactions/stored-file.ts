import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';

/** A file that was uploaded, as the storage knows it. */
export interface StoredFile {
  readonly id: string;
  readonly key: string;
  readonly size: bigint;
  readonly mimeType: string;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly name: string;
}

/** Finds an uploaded file of the tenant. @throws Refusal `FILE_UNKNOWN` */
export type RequireFile = (db: Db, storageKey: string) => Promise<StoredFile>;

/** Stands where the storage's own will: without a storage no file is known. */
export const requireFile: RequireFile = async () => {
  throw new Refusal('missing', 'FILE_UNKNOWN', 'There is no such file here.', 'Upload it first.');
};
