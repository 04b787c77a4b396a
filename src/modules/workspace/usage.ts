import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { ResourceType } from '../../generated/prisma/enums.ts';
import { asDate } from './calendar.ts';
import { actingPerson } from './people.ts';

const MOST = 2n ** 63n - 1n;

/**
 * Records metered use, in the transaction of `db`: it counts if and only if that commits. Each call counts, so a job that
 * may run twice records within the transaction that marks its work as done. The bill is by calendar months in UTC.
 * @param input `amount` in tokens, calls, bytes or seats; `userId` where the system acts for a member
 * @throws Refusal `USAGE_AMOUNT`, `PERSON_NEEDED`
 */
export async function recordUsage(
  db: Db,
  input: {
    readonly resourceType: ResourceType;
    readonly resourceName: string;
    readonly amount: bigint | number;
    readonly userId?: string;
    readonly metadata?: Prisma.InputJsonObject;
    readonly now?: Date;
  },
): Promise<void> {
  const { resourceType, resourceName, amount, metadata, now = new Date() } = input;
  const whole = typeof amount === 'bigint' || Number.isSafeInteger(amount);
  if (!whole || amount < 0 || BigInt(amount) > MOST)
    throw new Refusal(
      'invalid',
      'USAGE_AMOUNT',
      `The amount of use is ${amount}, which is not a whole number from 0.`,
      'Record whole tokens, calls, bytes or seats.',
    );
  await db.usageTracking.create({
    data: {
      userId: input.userId ?? actingPerson(db),
      resourceType,
      resourceName,
      usageAmount: BigInt(amount),
      billingPeriod: asDate(`${now.toISOString().slice(0, 7)}-01`),
      ...(metadata ? { metadata } : {}),
    } as Prisma.UsageTrackingUncheckedCreateInput,
    select: { id: true },
  });
}

export interface UsageSum {
  /** `2026-03` */
  readonly month: string;
  readonly resourceType: ResourceType;
  readonly resourceName: string;
  /** Whole number as text: sums may be more than JSON numbers hold. */
  readonly amount: string;
}

/**
 * Sums of use by month and resource, newest month first.
 * @param months first and last, as `2026-01`, both included
 * @throws Refusal `USAGE_RANGE` for more than 36 months, or none
 */
export async function usageSums(
  db: Db,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<UsageSum[]> {
  const count = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5));
  const span = count(to) - count(from) + 1;
  if (!(span >= 1 && span <= 36))
    throw new Refusal(
      'invalid',
      'USAGE_RANGE',
      'The range is empty or longer than 36 months.',
      'Give "from" no later than "to".',
    );
  return db.$queryRaw`
    SELECT to_char(billing_period, 'YYYY-MM') AS month, resource_type::text AS "resourceType",
      resource_name AS "resourceName", sum(usage_amount)::text AS amount
    FROM usage_tracking
    WHERE billing_period BETWEEN ${`${from}-01`}::date AND ${`${to}-01`}::date
    GROUP BY billing_period, resource_type, resource_name
    ORDER BY billing_period DESC, resource_type, resource_name`;
}
