import { setTimeout as pause } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import { z } from 'zod';
import type { Db } from '../../db.ts';
import { type AnyJob, job } from '../../queue/index.ts';
import type { Storage } from '../../storage/index.ts';
import { tidySpool } from './spool.ts';

const HOUR = 60 * 60 * 1000;

/** Hours after which an upload that did not end is given up, and a file to which no record refers. */
export const BEGUN_HOURS = 24;
export const IDLE_HOURS = 7 * 24;

const BATCH = 500;

export interface Swept {
  /** Rows with their bytes, and bytes that had no row. */
  readonly files: number;
  readonly strays: number;
}

/**
 * Removes what nobody needs from the storage of one organization: uploads that never ended, files to which nothing refers,
 * files that were given up, and bytes without a row. Bytes go first and rows after them, so what a crash interrupts is found
 * again. Twice, or two at once: the same ends up removed.
 */
export async function sweep(
  db: Db,
  storage: Storage,
  { now = new Date(), signal }: { now?: Date; signal?: AbortSignal } = {},
): Promise<Swept> {
  const begunBefore = new Date(now.getTime() - BEGUN_HOURS * HOUR);
  const idleBefore = new Date(now.getTime() - IDLE_HOURS * HOUR);
  let files = 0;
  for (;;) {
    signal?.throwIfAborted();
    const dead = await db.$queryRaw<{ id: string; storage_key: string }[]>`
      SELECT * FROM app.claim_dead_files(${begunBefore}::timestamptz, ${idleBefore}::timestamptz, ${BATCH}::integer)`;
    for (const { storage_key } of dead) {
      signal?.throwIfAborted();
      await storage.remove(storage_key);
    }
    await db.$queryRaw`SELECT app.forget_files(${dead.map((d) => d.id)}::uuid[])::text`;
    files += dead.length;
    if (dead.length < BATCH) break;
  }

  let strays = 0;
  let keys: string[] = [];
  const removeUnknown = async () => {
    const [row] = await db.$queryRaw<
      { keys: string[] }[]
    >`SELECT app.unknown_file_keys(${keys}::text[]) AS keys`;
    for (const key of row!.keys) {
      signal?.throwIfAborted();
      await storage.remove(key);
    }
    strays += row!.keys.length;
    keys = [];
  };
  for await (const { key, modified } of storage.list(`${db.$tenant.organizationId}/`)) {
    // Younger bytes may belong to an import whose rows are not committed yet.
    if (modified < begunBefore && keys.push(key) === BATCH) await removeUnknown();
  }
  if (keys.length > 0) await removeUnknown();
  return { files, strays };
}

/** The sweep of every organization, each hour; the worker's own left-overs go with it. */
export function sweepJob(storage: Storage, spoolFolder: string): AnyJob {
  return job({
    name: 'files.sweep',
    input: z.object({}),
    schedule: { cron: '17 * * * *', timezone: 'UTC' },
    work: async ({ db, signal }) => {
      const swept = await sweep(db, storage, { signal });
      const before = new Date(Date.now() - BEGUN_HOURS * HOUR);
      await storage.tidy(before);
      await tidySpool(spoolFolder, before);
      return swept;
    },
  });
}

/**
 * Removes the bytes of organizations that are no more, as an erasure leaves them that was killed between its commit and the
 * removal. For the platform: it alone can tell which organizations there are.
 * @param client as lotline_platform, outside a transaction
 * @returns how many objects went
 */
export async function sweepErased(client: ClientBase, storage: Storage, now = new Date()): Promise<number> {
  const before = new Date(now.getTime() - BEGUN_HOURS * HOUR);
  let removed = 0;
  for await (const id of storage.tenants()) {
    if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) continue;
    const { rowCount } = await client.query('SELECT FROM public.organizations WHERE id = $1', [id]);
    if (rowCount !== 0) continue;
    for await (const { key, modified } of storage.list(`${id}/`)) {
      // An import brings bytes before its organization is committed.
      if (modified >= before) continue;
      await storage.remove(key);
      removed += 1;
    }
    await pause(0);
  }
  return removed;
}
