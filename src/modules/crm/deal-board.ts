import type { Db } from '../../db.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { DealStage } from '../../generated/prisma/enums.ts';
import { todayOf } from './organization.ts';

/** Sums of one currency; decimals as text. Currencies are never added up. */
export interface Sums {
  readonly currency: string;
  readonly count: number;
  readonly value: string;
  /** Each value times its probability. */
  readonly weighted: string;
}

export interface Card {
  readonly id: string;
  readonly title: string;
  readonly value: string;
  readonly currency: string;
  readonly probability: number;
  readonly expectedCloseDate: string | null;
  readonly assignedToId: string | null;
  readonly contactId: string | null;
}

export interface Column {
  readonly stage: DealStage;
  readonly count: number;
  readonly sums: readonly Sums[];
  readonly deals: readonly Card[];
}

const STAGES: readonly DealStage[] = [
  'LEAD',
  'QUALIFIED',
  'PROPOSAL',
  'NEGOTIATION',
  'CLOSING',
  'CLOSED_WON',
  'CLOSED_LOST',
];

export interface BoardFilter {
  readonly assignedToId?: string | undefined;
  /** Cards of each stage, the soonest to close first; 0 to 100. */
  readonly cards?: number;
  /** Closed deals of the last so many days; 30 unless told. */
  readonly closedDays?: number;
}

/**
 * The pipeline by stage: deals that are open, and those that closed lately. Abandoned and archived ones are left out. One
 * statement, so that counts and cards are of one moment.
 */
export async function dealBoard(
  db: Db,
  { assignedToId, cards = 10, closedDays = 30 }: BoardFilter = {},
): Promise<Column[]> {
  const today = await todayOf(db);
  const mine = assignedToId ? Prisma.sql`AND assigned_to_id = ${assignedToId}::uuid` : Prisma.empty;
  const rows = await db.$queryRaw<{ stage: DealStage; sums: Sums[]; deals: Card[] }[]>`
    WITH shown AS MATERIALIZED (
      SELECT id, title, value, currency, probability, stage, expected_close_date, actual_close_date, assigned_to_id,
        contact_id, row_number() OVER (PARTITION BY stage
          ORDER BY actual_close_date DESC NULLS LAST, expected_close_date NULLS LAST, id) AS place
      FROM deals
      WHERE archived_at IS NULL ${mine}
        AND (status = 'ACTIVE'
          OR (status IN ('WON', 'LOST') AND actual_close_date > ${today}::date - ${closedDays}::integer))
    ), sums AS (
      SELECT stage, currency, count(*)::integer AS count, sum(value) AS value,
        round(sum(value * probability) / 100, 2) AS weighted
      FROM shown GROUP BY stage, currency
    )
    SELECT stage::text AS stage,
      jsonb_agg(jsonb_build_object('currency', currency, 'count', count, 'value', value::text,
        'weighted', weighted::text) ORDER BY currency) AS sums,
      coalesce((
        SELECT jsonb_agg(jsonb_build_object('id', id, 'title', title, 'value', value::text, 'currency', currency,
          'probability', probability, 'expectedCloseDate', expected_close_date, 'assignedToId', assigned_to_id,
          'contactId', contact_id) ORDER BY place)
        FROM shown WHERE shown.stage = sums.stage AND place <= ${cards}), '[]') AS deals
    FROM sums GROUP BY stage`;
  const byStage = new Map(rows.map((row) => [row.stage, row]));
  return STAGES.map((stage) => {
    const { sums = [], deals = [] } = byStage.get(stage) ?? {};
    return { stage, count: sums.reduce((n, s) => n + s.count, 0), sums, deals };
  });
}
