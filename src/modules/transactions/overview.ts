import type { Db } from '../../db.ts';
import { missing } from './loop-lock.ts';
import { workloadOf } from './progress.ts';
import { AWAITED } from './voiding.ts';

export interface Deadline {
  readonly kind: 'task' | 'signature' | 'closing';
  readonly id: string;
  readonly title: string;
  /** A day as YYYY-MM-DD, of a signature request the moment. */
  readonly due: string;
  readonly overdue: boolean;
}

const SHOWN = 500;

/**
 * A transaction on one page: parties, documents, requests with their signatures (without the marks), tasks, workflows, how much
 * is done, and the next ten deadlines. At most 500 of each kind; the data API lists the rest.
 * @throws Refusal `NOT_FOUND`
 */
export async function loopOverview(db: Db, loopId: string, now = new Date()) {
  const found = await db.transactionLoop.findFirst({
    where: { id: loopId },
    include: {
      parties: { orderBy: { id: 'asc' }, take: SHOWN },
      documents: { orderBy: { id: 'asc' }, take: SHOWN },
      signatureRequests: {
        orderBy: { id: 'asc' },
        take: SHOWN,
        include: {
          signatures: {
            omit: { signatureData: true },
            orderBy: [{ signingPosition: 'asc' }, { id: 'asc' }],
          },
        },
      },
      tasks: { orderBy: [{ dueDate: { sort: 'asc', nulls: 'last' } }, { id: 'asc' }], take: SHOWN },
      workflows: { orderBy: { id: 'asc' }, take: SHOWN },
    },
  });
  if (!found) throw missing('transaction');
  const { parties, documents, signatureRequests, tasks, workflows, ...loop } = found;
  return {
    loop,
    parties,
    documents,
    signatureRequests,
    tasks,
    workflows,
    workload: await workloadOf(db, loopId),
    deadlines: deadlinesOf(found, now),
  };
}

interface Dated {
  readonly id: string;
  readonly status: string;
  readonly propertyAddress: string;
  readonly expectedClosing: Date | null;
  readonly tasks: readonly { id: string; title: string; status: string; dueDate: Date | null }[];
  readonly signatureRequests: readonly {
    id: string;
    title: string;
    status: string;
    expiresAt: Date | null;
  }[];
}

/** What is due next in a transaction that has not ended, earliest first; what is overdue leads. */
export function deadlinesOf(loop: Dated, now: Date): Deadline[] {
  if (['CLOSED', 'CANCELLED', 'ARCHIVED'].includes(loop.status)) return [];
  const today = now.toISOString().slice(0, 10);
  const day = (date: Date) => date.toISOString().slice(0, 10);
  const awaited: readonly string[] = AWAITED;
  const all: Deadline[] = [
    ...loop.tasks.flatMap(({ id, title, status, dueDate }) =>
      dueDate && status !== 'DONE' && status !== 'CANCELLED'
        ? [{ kind: 'task' as const, id, title, due: day(dueDate), overdue: day(dueDate) < today }]
        : [],
    ),
    ...loop.signatureRequests.flatMap(({ id, title, status, expiresAt }) =>
      expiresAt && awaited.includes(status)
        ? [{ kind: 'signature' as const, id, title, due: expiresAt.toISOString(), overdue: expiresAt <= now }]
        : [],
    ),
    ...(loop.expectedClosing
      ? [
          {
            kind: 'closing' as const,
            id: loop.id,
            title: loop.propertyAddress,
            due: day(loop.expectedClosing),
            overdue: day(loop.expectedClosing) < today,
          },
        ]
      : []),
  ];
  return all.toSorted((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0)).slice(0, 10);
}
