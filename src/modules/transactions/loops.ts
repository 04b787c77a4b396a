import { type Db, inTransaction } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import type { LoopStatus, TransactionLoop } from '../../generated/prisma/client.ts';
import { record } from './audit.ts';
import { keyOf, lockLoop } from './loop-lock.ts';
import { progressOf, workloadOf } from './progress.ts';
import { LOOP_MOVES, requireMove } from './statuses.ts';
import { AWAITED, endOpenRequests } from './voiding.ts';

export interface LoopMove {
  readonly loopId: string;
  readonly status: LoopStatus;
  /** The day of closing, UTC midnight; for CLOSED, where the transaction has none yet. */
  readonly actualClosing?: Date | undefined;
  /** Closes although something is open. For admins, with a reason. */
  readonly force?: boolean | undefined;
  /** Kept in the log. */
  readonly reason?: string | undefined;
}

/**
 * Moves a transaction to another status. Open signature requests end with it where it is closed by force or cancelled.
 *
 * Twice: the second finds it moved and changes nothing. At once: one after the other, and the later is refused where its
 * move no longer follows; a task or request made meanwhile is seen. Half: one database transaction.
 * @throws Refusal `NOT_FOUND`, `STATUS_NOT_ALLOWED`, `CLOSING_DAY_MISSING`, `CLOSING_DAY_AHEAD`, `LOOP_NOT_READY`,
 * `FORCE_NEEDS_ADMIN`, `REASON_MISSING`
 */
export function moveLoop(db: Db, move: LoopMove): Promise<TransactionLoop> {
  return inTransaction(db, async (tx) => {
    const loop = await lockLoop(tx, move.loopId);
    if (loop.status === move.status) return loop;
    requireMove(LOOP_MOVES, 'transaction', loop.status, move.status);
    const closing = move.status === 'CLOSED';
    const actualClosing = closing ? closingDay(move.actualClosing ?? loop.actualClosing) : undefined;
    const overridden = closing ? await requireReady(tx, move) : undefined;
    if (closing || move.status === 'CANCELLED')
      await endOpenRequests(tx, { loopId: loop.id }, `The transaction became ${move.status}.`);
    const after = await tx.transactionLoop.update({
      where: keyOf(tx, loop.id),
      data: {
        status: move.status,
        ...(actualClosing ? { actualClosing } : {}),
        // A transaction that moves to the archive keeps what it had reached.
        ...(move.status === 'ARCHIVED'
          ? {}
          : { progress: progressOf(await workloadOf(tx, loop.id), move.status) }),
      },
    });
    const note = { ...overridden, ...(move.reason ? { reason: move.reason } : {}) };
    await record(tx, {
      action: 'STATUS_CHANGED',
      entityType: 'transaction_loop',
      entityId: loop.id,
      before: loop,
      after,
      ...(Object.keys(note).length > 0 ? { note } : {}),
    });
    return after;
  });
}

const DAY = 86_400_000;

function closingDay(day: Date | null): Date {
  if (!day)
    throw new Refusal(
      'invalid',
      'CLOSING_DAY_MISSING',
      'A transaction closes on a day.',
      'Give actualClosing.',
      {
        fields: [{ field: 'actualClosing', code: 'CLOSING_DAY_MISSING', message: 'is missing' }],
      },
    );
  // Somewhere it is tomorrow already.
  if (day.getTime() > Date.now() + DAY)
    throw new Refusal(
      'invalid',
      'CLOSING_DAY_AHEAD',
      `${day.toISOString().slice(0, 10)} is still to come.`,
      'Close the transaction on its day; until then change expectedClosing.',
      { fields: [{ field: 'actualClosing', code: 'CLOSING_DAY_AHEAD', message: 'is in the future' }] },
    );
  return day;
}

/** Gives what was overridden by force; undefined where nothing was in the way. Tasks of LOW priority are optional. */
async function requireReady(tx: Db, { loopId, force, reason }: LoopMove) {
  const tasks = await tx.transactionTask.findMany({
    where: { loopId, status: { notIn: ['DONE', 'CANCELLED'] }, priority: { not: 'LOW' } },
    select: { title: true },
    orderBy: { id: 'asc' },
  });
  const requests = await tx.signatureRequest.findMany({
    where: { loopId, status: { in: [...AWAITED] } },
    select: { title: true },
    orderBy: { id: 'asc' },
  });
  const open = [...tasks, ...requests];
  if (open.length === 0) return;
  if (!force)
    throw new Refusal(
      'conflict',
      'LOOP_NOT_READY',
      `${tasks.length} tasks and ${requests.length} signature requests are open, such as "${open[0]!.title}".`,
      'Finish or cancel them; an admin may close with "force" and a reason.',
    );
  if (tx.$tenant.role !== 'ADMIN' && tx.$tenant.role !== 'OWNER')
    throw new Refusal(
      'forbidden',
      'FORCE_NEEDS_ADMIN',
      'Only an admin closes a transaction in which something is open.',
      'Finish what is open, or ask an admin.',
    );
  if (!reason?.trim())
    throw new Refusal(
      'invalid',
      'REASON_MISSING',
      'Closing by force wants a reason.',
      'Give "reason"; it is kept in the log.',
      { fields: [{ field: 'reason', code: 'REASON_MISSING', message: 'is missing' }] },
    );
  return { forced: true, openTasks: tasks.length, openRequests: requests.length };
}
