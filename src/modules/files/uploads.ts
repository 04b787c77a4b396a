import type { Principal } from '../../auth/principal.ts';
import { requireRoom } from '../../auth/tiers.ts';
import { type Db, inTransaction } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import type { Storage } from '../../storage/index.ts';
import { sniff } from './sniff/index.ts';
import type { Spooled } from './spool.ts';

/** A finished upload as people see it. */
export interface UploadedFile {
  readonly id: string;
  /** What a record that refers to the file takes as its key. */
  readonly storageKey: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly mimeType: string;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  readonly createdById: string;
  readonly createdAt: string;
  /** Whether a record refers to it. */
  readonly linked: boolean;
}

interface Row {
  id: string;
  storage_key: string;
  name: string;
  size: bigint;
  mime_type: string;
  sha256: Uint8Array;
  created_by: string;
  created_at: Date;
  linked: boolean;
}

/**
 * Keeps a spooled file: looks what it is, reserves its bytes, stores them, says so. The row is committed before the bytes are
 * stored, so `db` is no transaction. Half: the sweep finds the row; the answer is only given when all is kept. Twice makes two
 * files. At once: the plan's bytes are counted under a lock, so two that only fit alone do not both fit.
 * @param declared name (cleaned) and type that the client gave
 * @throws Refusal `FILE_NOT_ALLOWED`, `FILE_TYPE_MISMATCH`, `PLAN_LIMIT_REACHED`, `UPLOAD_GIVEN_UP`; StorageError
 */
export async function keepUpload(
  db: Db,
  storage: Storage,
  who: Pick<Principal, 'limits' | 'tier'>,
  { path, size, sha256 }: Spooled,
  declared: { name: string; type: string | undefined },
  signal?: AbortSignal,
): Promise<UploadedFile> {
  const mimeType = await sniff(path, declared);
  const row = await inTransaction(db, async (tx) => {
    const [used] = await tx.$queryRaw<{ bytes: bigint }[]>`SELECT app.file_bytes_for_update() AS bytes`;
    requireRoom(who.limits, who.tier, 'storageBytes', Number(used!.bytes), size);
    const [made] = await tx.$queryRaw<{ id: string; storage_key: string }[]>`
      SELECT * FROM app.begin_upload(${declared.name}::text, ${size}::bigint, ${mimeType}::text, ${sha256}::bytea)`;
    return made!;
  });
  try {
    await storage.put(row.storage_key, { path }, size, mimeType, { sha256, ...(signal ? { signal } : {}) });
    const [{ done } = { done: false }] = await db.$queryRaw<{ done: boolean }[]>`
      SELECT app.finish_upload(${row.id}::uuid) AS done`;
    if (!done) throw givenUp();
  } catch (error) {
    // So that its bytes do not count any longer; where this fails too, the sweep does it tomorrow.
    await db.$queryRaw`SELECT app.remove_file(${row.id}::uuid)`.catch(() => {});
    throw error;
  }
  return (await findFile(db, row.id))!;
}

/** A finished upload of this organization, or undefined. */
export async function findFile(db: Db, id: string): Promise<UploadedFile | undefined> {
  const rows = await db.$queryRaw<Row[]>`SELECT * FROM app.find_files(${id}::uuid, NULL, 1)`;
  return rows.map(shown)[0];
}

/** Finished uploads, newest first: at most `limit` (1 to 200) that are older than the upload `before`. */
export async function listFiles(
  db: Db,
  { before, limit }: { before?: string | undefined; limit: number },
): Promise<{ items: UploadedFile[]; next: string | null; usedBytes: number }> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT * FROM app.find_files(NULL, ${before ?? null}::uuid, ${limit + 1}::integer)`;
  const [used] = await db.$queryRaw<{ bytes: bigint }[]>`SELECT app.file_bytes() AS bytes`;
  const items = rows.slice(0, limit).map(shown);
  return {
    items,
    next: rows.length > limit ? items.at(-1)!.id : null,
    usedBytes: Number(used!.bytes),
  };
}

/**
 * Gives a file up; the sweep removes its bytes. Twice: the second finds none. At once with a record that takes the file up:
 * whoever comes first wins, and the other is refused.
 * @throws Refusal `FILE_NOT_FOUND`, `FILE_LINKED`
 */
export async function removeFile(db: Db, id: string): Promise<void> {
  const [row] = await db.$queryRaw<{ came: string }[]>`SELECT app.remove_file(${id}::uuid) AS came`;
  if (row!.came === 'missing') throw noSuchFile();
  if (row!.came === 'linked')
    throw new Refusal(
      'conflict',
      'FILE_LINKED',
      'A record refers to this file.',
      'Remove the attachment, receipt, document or report that refers to it first.',
    );
}

export function noSuchFile(): Refusal {
  return new Refusal(
    'missing',
    'FILE_NOT_FOUND',
    'There is no such file.',
    'Check its id; it may have been removed.',
  );
}

function givenUp(): Refusal {
  return new Refusal(
    'conflict',
    'UPLOAD_GIVEN_UP',
    'The upload took too long and was given up.',
    'Send the file again.',
  );
}

function shown(row: Row): UploadedFile {
  return {
    id: row.id,
    storageKey: row.storage_key,
    name: row.name,
    size: Number(row.size),
    mimeType: row.mime_type,
    sha256: Buffer.from(row.sha256).toString('hex'),
    createdById: row.created_by,
    createdAt: row.created_at.toISOString(),
    linked: row.linked,
  };
}
