import { Refusal } from '../../errors.ts';
import type { DocumentStatus, LoopStatus, TaskStatus } from '../../generated/prisma/client.ts';

/** From each status, those that may follow it. */
export type Moves<Status extends string> = Readonly<Record<Status, readonly Status[]>>;

/** A sale that fell through goes back a step; a cancelled one may be taken up again; an archived one is history. */
export const LOOP_MOVES: Moves<LoopStatus> = {
  DRAFT: ['ACTIVE', 'CANCELLED'],
  ACTIVE: ['UNDER_CONTRACT', 'CANCELLED'],
  UNDER_CONTRACT: ['ACTIVE', 'CLOSING', 'CANCELLED'],
  CLOSING: ['UNDER_CONTRACT', 'CLOSED', 'CANCELLED'],
  CLOSED: ['ARCHIVED'],
  CANCELLED: ['ACTIVE', 'ARCHIVED'],
  ARCHIVED: [],
};

/** SIGNED follows from signatures alone, hence it is in no list. */
export const DOCUMENT_MOVES: Moves<DocumentStatus> = {
  DRAFT: ['PENDING', 'ARCHIVED'],
  PENDING: ['DRAFT', 'REVIEWED', 'ARCHIVED'],
  REVIEWED: ['PENDING', 'ARCHIVED'],
  SIGNED: ['ARCHIVED'],
  ARCHIVED: [],
};

export const TASK_MOVES: Moves<TaskStatus> = {
  TODO: ['IN_PROGRESS', 'REVIEW', 'DONE', 'CANCELLED'],
  IN_PROGRESS: ['TODO', 'REVIEW', 'DONE', 'CANCELLED'],
  REVIEW: ['IN_PROGRESS', 'DONE', 'CANCELLED'],
  DONE: ['TODO', 'IN_PROGRESS'],
  CANCELLED: ['TODO'],
};

/**
 * @param what the thing in the user's words, e.g. `transaction`
 * @throws Refusal `STATUS_NOT_ALLOWED`
 */
export function requireMove<S extends string>(moves: Moves<S>, what: string, from: S, to: S): void {
  const next = moves[from];
  if (next.includes(to)) return;
  throw new Refusal(
    'conflict',
    'STATUS_NOT_ALLOWED',
    `A ${what} that is ${from} cannot become ${to}.`,
    next.length > 0 ? `It can become ${next.join(', ')}.` : `${from} is its last status.`,
  );
}
