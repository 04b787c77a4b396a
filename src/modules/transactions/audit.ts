import { isIP } from 'node:net';
import type { Origin } from '../../auth/principal.ts';
import type { Db } from '../../db.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Values } from '../../http/index.ts';

export type AuditedEntity =
  | 'transaction_loop'
  | 'loop_party'
  | 'document'
  | 'signature_request'
  | 'document_signature'
  | 'transaction_task'
  | 'workflow';

export interface Change {
  /** Upper case, e.g. `STATUS_CHANGED`. */
  readonly action: string;
  readonly entityType: AuditedEntity;
  readonly entityId: string;
  /** The record before and after, of which the fields that differ are kept. One alone is kept whole. */
  readonly before?: Values | undefined;
  readonly after?: Values | undefined;
  /** What belongs to the event and is no field: a reason, the file that was signed. */
  readonly note?: Values;
}

/** Who wrote when is the entry's own; what was drawn or typed as a signature stays with the signature. */
const LEFT_OUT = new Set(['organizationId', 'createdAt', 'updatedAt', 'signatureData']);

/**
 * Writes what happened into the log of transactions, in the database transaction of `db`: the entry is there if and only
 * if the change is. A change of nothing, without a note, leaves no entry. Work of the system that has no person leaves
 * none either, since an entry names a member and the database takes it from that member alone; the one such work there is,
 * requests that expire, has `app.log_request_expiry()`.
 */
export async function record(db: Db, change: Change): Promise<void> {
  const { userId } = db.$tenant;
  if (!userId) return;
  const [oldValues, newValues] = difference(change.before, change.after);
  if (change.before && change.after && !newValues && !change.note) return;
  const { ipAddress, userAgent } = originOf(db);
  await db.transactionAuditLog.create({
    data: {
      action: change.action,
      entityType: change.entityType,
      entityId: change.entityId,
      oldValues: oldValues ?? Prisma.DbNull,
      newValues: newValues || change.note ? json({ ...newValues, ...change.note }) : Prisma.DbNull,
      ipAddress: ipAddress ?? null,
      userAgent: userAgent ?? null,
      userId,
    },
  });
}

/**
 * Writes that a part of a transaction is deleted, under the transaction, whole: so its history finds the part's own entries
 * when the part is gone.
 */
export function recordDeletion(
  db: Db,
  loopId: string,
  entityType: AuditedEntity,
  part: Values & { readonly id: string },
): Promise<void> {
  return record(db, {
    action: 'PART_DELETED',
    entityType: 'transaction_loop',
    entityId: loopId,
    before: { ...part, entityType, entityId: part.id },
  });
}

/** Where the request came from; nothing for work of the system. An address that is none, and an endless name, are cut. */
export function originOf(db: Db): Origin {
  const { origin } = db.$tenant as { origin?: Origin };
  const ipAddress = origin?.ipAddress;
  const userAgent = origin?.userAgent?.slice(0, 1_000);
  return {
    ...(ipAddress && isIP(ipAddress) ? { ipAddress } : {}),
    ...(userAgent ? { userAgent } : {}),
  };
}

type Json = Prisma.InputJsonObject;

function difference(before?: Values, after?: Values): [Json | undefined, Json | undefined] {
  const old = before && json(before);
  const now = after && json(after);
  if (!old || !now) return [old, now];
  const changed = Object.keys(now).filter((k) => JSON.stringify(old[k]) !== JSON.stringify(now[k]));
  if (changed.length === 0) return [undefined, undefined];
  const of = (values: Json) => Object.fromEntries(changed.map((k) => [k, values[k] ?? null])) as Json;
  return [of(old), of(now)];
}

function json(values: Values): Json {
  return JSON.parse(
    JSON.stringify(values, (key, value) =>
      LEFT_OUT.has(key) ? undefined : typeof value === 'bigint' ? value.toString() : value,
    ),
  );
}
