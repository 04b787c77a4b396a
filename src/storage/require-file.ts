import type { Db } from '../db.ts';
import { Refusal } from '../errors.ts';

/** A finished upload of this organization. */
export interface StoredFile {
  readonly id: string;
  readonly key: string;
  /** Bytes. */
  readonly size: bigint;
  /** As its content says, not as somebody declared. */
  readonly mimeType: string;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  /** The name under which it was uploaded, cleaned. */
  readonly name: string;
}

interface Row {
  id: string;
  storage_key: string;
  name: string;
  size: bigint;
  mime_type: string;
  sha256: Uint8Array;
}

/**
 * The upload that a record is about to refer to, taken up in the transaction of `db`: until that ends neither the sweep nor
 * a removal touches it. Twice, or by two records at once: both may; the second waits for the first.
 * @param db the transaction that also writes the record
 * @param storageKey as the upload's answer gave it (`storageKey`)
 * @throws Refusal `FILE_UNKNOWN` where this organization has no finished upload with that key; another organization's is none
 */
export async function requireFile(db: Db, storageKey: string): Promise<StoredFile> {
  const [row] = await db.$queryRaw<Row[]>`SELECT * FROM app.link_file(${storageKey}::text)`;
  if (!row)
    throw new Refusal(
      'invalid',
      'FILE_UNKNOWN',
      'There is no uploaded file with this key in the organization.',
      'Upload the file first (POST …/files) and give the storageKey of the answer.',
    );
  return {
    id: row.id,
    key: row.storage_key,
    size: BigInt(row.size),
    mimeType: row.mime_type,
    sha256: Buffer.from(row.sha256).toString('hex'),
    name: row.name,
  };
}

/** Frees the file of a record that is about to be deleted, unless others refer to it. The sweep takes it a week later. */
export async function releaseFile(db: Db, storageKey: string): Promise<void> {
  await db.$queryRaw`SELECT app.unlink_file(${storageKey}::text)::text`;
}
