import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Sums } from './deal-board.ts';
import { todayOf } from './organization.ts';

export interface Forecast {
  /** Each month of the span, also those without deals. */
  readonly months: readonly {
    /** `YYYY-MM` */
    readonly month: string;
    /** Open deals that are expected to close then. */
    readonly open: readonly Sums[];
    /** Deals that were won then. */
    readonly won: readonly Sums[];
  }[];
  /** Open deals expected before the span, after it, or without a day. */
  readonly overdue: readonly Sums[];
  readonly later: readonly Sums[];
  readonly undated: readonly Sums[];
}

/** Months that a forecast may span. */
const LONGEST = 36;

/**
 * What the pipeline brings by month. Open deals stand in exactly one place, so that months, overdue, later and undated add
 * up to the pipeline, per currency.
 * @param filter `from`, `to`: `YYYY-MM`, both included; this month where the organization works and the five after it
 *   unless told
 * @throws Refusal `SPAN_UNFIT`
 */
export async function dealForecast(
  db: Db,
  filter: { from?: string | undefined; to?: string | undefined; assignedToId?: string | undefined } = {},
): Promise<Forecast> {
  const from = filter.from ?? (await todayOf(db)).slice(0, 7);
  const months = span(from, filter.to ?? plus(from, 5));
  const end = `${plus(months.at(-1)!, 1)}-01`;
  const mine = filter.assignedToId
    ? Prisma.sql`AND assigned_to_id = ${filter.assignedToId}::uuid`
    : Prisma.empty;
  const rows = await db.$queryRaw<(Sums & { place: string; won: boolean })[]>`
    SELECT place, won, currency, count(*)::integer AS count, sum(value)::text AS value,
      round(sum(value * probability) / 100, 2)::text AS weighted
    FROM (
      SELECT currency, value, probability, status = 'WON' AS won,
        CASE WHEN day IS NULL THEN 'undated' WHEN day < ${`${months[0]}-01`}::date THEN 'overdue'
          WHEN day >= ${end}::date THEN 'later' ELSE to_char(day, 'YYYY-MM') END AS place
      FROM (
        SELECT currency, value, probability, status,
          CASE WHEN status = 'WON' THEN actual_close_date ELSE expected_close_date END AS day
        FROM deals WHERE archived_at IS NULL AND status IN ('ACTIVE', 'WON') ${mine}
      ) AS dated
    ) AS placed
    GROUP BY place, won, currency ORDER BY currency`;
  const at = (place: string, won: boolean) =>
    rows
      .filter((row) => row.place === place && row.won === won)
      .map(({ currency, count, value, weighted }) => ({ currency, count, value, weighted }));
  return {
    months: months.map((month) => ({ month, open: at(month, false), won: at(month, true) })),
    overdue: at('overdue', false),
    later: at('later', false),
    undated: at('undated', false),
  };
}

function plus(month: string, months: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  const index = year * 12 + number - 1 + months;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

function span(from: string, to: string): string[] {
  const months: string[] = [];
  for (let month = from; month <= to && months.length <= LONGEST; month = plus(month, 1)) months.push(month);
  if (months.length > 0 && months.length <= LONGEST) return months;
  throw new Refusal(
    'invalid',
    'SPAN_UNFIT',
    `From ${from} to ${to} is no span of 1 to ${LONGEST} months.`,
    'Give from and to as YYYY-MM, the earlier first.',
    { fields: [{ field: 'to', code: 'SPAN_UNFIT', message: `1 to ${LONGEST} months from ${from}` }] },
  );
}
