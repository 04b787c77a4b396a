import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { LotlineError } from '../../errors.ts';
import type { Storage } from '../../storage/index.ts';
import type { FileEntry, TenantStore, TenantTransaction } from '../../tenancy/lifecycle/index.ts';
import { END, header, padding, readHeader } from './tar.ts';

const FILE = 'objects.tar';
const TABLE = 'files.objects';

interface Upload {
  key: string;
  size: number;
  sha256: Buffer;
  type: string;
}

/**
 * The bytes of a tenant's files in export, import and erasure; their rows in `files.uploads` go with the tables. An export
 * holds one tar archive in the order of the keys, so the same files are the same bytes. An erasure removes bytes only after
 * it is committed, so one that is refused loses nothing; what a crash in between leaves, `sweepErased` removes.
 */
export function fileStore(storage: Storage): TenantStore {
  /** The archive of what is finished in this snapshot, piece by piece. */
  async function* archive(tx: TenantTransaction): AsyncGenerator<Buffer> {
    for (const { key, size, sha256 } of await uploads(tx)) {
      tx.proceed();
      tx.tell(`read ${key}`);
      yield header(key, size);
      const hash = createHash('sha256');
      let passed = 0;
      for await (const chunk of (await storage.get(key)).stream as AsyncIterable<Buffer>) {
        hash.update(chunk);
        passed += chunk.length;
        yield chunk;
      }
      if (passed !== size || !hash.digest().equals(sha256)) throw damaged(key);
      yield padding(size);
    }
    yield END;
  }

  async function pass(tx: TenantTransaction, write?: (chunk: Buffer) => Promise<void>): Promise<FileEntry[]> {
    const rows = (await uploads(tx)).length;
    if (rows === 0) return [];
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of archive(tx)) {
      hash.update(chunk);
      bytes += chunk.length;
      await write?.(chunk);
    }
    return [{ table: TABLE, file: FILE, rows, bytes, sha256: hash.digest('hex') }];
  }

  async function stored(tenant: string): Promise<string[]> {
    const keys: string[] = [];
    for await (const { key } of storage.list(`${tenant}/`)) keys.push(key);
    return keys;
  }

  return {
    name: 'files',
    tables: [],
    count: async (tx) => ({ [TABLE]: (await stored(tx.tenant)).length }),
    async export(tx, folder) {
      const rows = (await uploads(tx)).length;
      if (rows === 0) return [];
      const file = await open(join(folder, FILE), 'wx', 0o600);
      try {
        const entries = await pass(tx, async (chunk) => {
          await file.writeFile(chunk);
        });
        await file.sync();
        return entries;
      } finally {
        await file.close();
      }
    },
    async import(tx, folder, files) {
      const path = files.length > 0 ? join(folder, FILE) : undefined;
      const expected = new Map((await uploads(tx)).map((u) => [u.key, u]));
      const file = path ? await open(path, 'r') : undefined;
      try {
        for (let at = 0; path && file; ) {
          tx.proceed();
          const block = Buffer.alloc(512);
          await file.read(block, 0, 512, at);
          const entry = readHeader(block);
          if (!entry) break;
          const upload = expected.get(entry.name);
          // What no row of this tenant names is not written: a key decides in whose folder it lands.
          if (!upload || upload.size !== entry.size || !entry.name.startsWith(`${tx.tenant}/`))
            throw damaged(entry.name);
          expected.delete(entry.name);
          tx.tell(`store ${entry.name}`);
          const stream = createReadStream(path, { start: at + 512, end: at + 511 + entry.size });
          const { size, type, sha256 } = upload;
          await storage.put(entry.name, { stream }, size, type, { sha256 });
          at += 512 + size + padding(size).length;
        }
      } finally {
        await file?.close();
      }
      if (expected.size > 0) throw damaged([...expected.keys()][0]!);
    },
    erase: async (tx) => ({ [TABLE]: (await stored(tx.tenant)).length }),
    async erased(tenant) {
      for (const key of await stored(tenant)) await storage.remove(key);
    },
    async verify(tx) {
      const found = await pass(tx);
      const keys = found.length > 0 ? [] : await stored(tx.tenant);
      return keys.length === 0
        ? found
        : [{ table: TABLE, file: FILE, rows: keys.length, bytes: 0, sha256: '' }];
    },
  };
}

/** Finished uploads of the tenant, also those that the sweep would take next week. */
async function uploads(tx: TenantTransaction): Promise<Upload[]> {
  await tx.as(tx.lifecycle.boundary.roles.platform);
  const { rows } = await tx.client.query<Upload>(
    `SELECT storage_key AS key, size::float8 AS size, sha256, mime_type AS type FROM files.uploads
     WHERE organization_id = ${tx.literal} AND state = 'ready' ORDER BY storage_key COLLATE "C"`,
  );
  return rows;
}

function damaged(key: string): LotlineError {
  return new LotlineError(
    'FILE_BYTES_DIFFER',
    `The bytes of the file ${key} are not what its row says.`,
    'bring the file back from a backup of the storage, or remove the record that refers to it',
  );
}
