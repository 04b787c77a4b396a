import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import type { DealStage } from '../../generated/prisma/enums.ts';
import { requireActor } from './members.ts';

/**
 * What the module itself records, in `activities.outcome` as JSON beside a sentence in the title: so history stands on
 * the timeline of its records, is exported with them, and needs no table. Rules keep these entries as they were written.
 */
export type Recorded =
  | { readonly kind: 'stage'; readonly from: DealStage; readonly to: DealStage; readonly probability: number }
  | { readonly kind: 'conversion'; readonly stage: DealStage; readonly probability: number }
  | { readonly kind: 'merge'; readonly contact: string };

const PREFIX = '{"crm":';

/** Writes an entry by the person who acts. `at` orders entries of one record; it is taken after its row was locked. */
export async function record(
  db: Db,
  entry: { title: string; leadId?: string | null; contactId?: string | null; dealId?: string | null },
  recorded: Recorded,
): Promise<void> {
  const at = await clock(db);
  await db.activity.create({
    data: {
      type: 'NOTE',
      ...entry,
      title: entry.title.slice(0, 255),
      outcome: JSON.stringify({ crm: recorded }),
      createdById: requireActor(db),
      completedAt: at,
      createdAt: at,
    },
  });
}

/** The database's clock, not that of the transaction's beginning, which may lie before the entry that another wrote. */
async function clock(db: Db): Promise<Date> {
  const [row] = await db.$queryRaw<{ at: Date }[]>`SELECT clock_timestamp() AS at`;
  return row!.at;
}

/** What the entry records; undefined for what people wrote. */
export function recordedIn(outcome: unknown): Recorded | undefined {
  if (typeof outcome !== 'string' || !outcome.startsWith(PREFIX)) return undefined;
  try {
    return (JSON.parse(outcome) as { crm: Recorded }).crm;
  } catch {
    return undefined;
  }
}

/**
 * People neither write, change nor remove what is recorded.
 * @throws Refusal `ACTIVITY_RECORDED`
 */
export function refuseRecorded(outcome: unknown): void {
  if (typeof outcome !== 'string' || !outcome.startsWith(PREFIX)) return;
  throw new Refusal(
    'forbidden',
    'ACTIVITY_RECORDED',
    'This entry is the history of a record and stays as it is.',
    'Write a note of your own beside it.',
  );
}
