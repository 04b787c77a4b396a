import { LIMITS, type Limits, planOf, TIERS } from '../../auth/index.ts';
import type { Db } from '../../db.ts';
import { type FieldFault, Refusal } from '../../errors.ts';
import { BillingCycle, type Prisma, SubscriptionStatus } from '../../generated/prisma/client.ts';
import { z } from '../../http/index.ts';
import { organizationMissing } from './organizations.ts';

const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const Count = count.optional();
const OpenCount = count.nullable().optional();

/** Limits agreed with a customer, over those of the plan CUSTOM. Null is without limit, where a plan knows that. */
export const AgreedLimits = z.strictObject({
  seats: OpenCount,
  apiKeys: OpenCount,
  requestsPerMinute: Count,
  bulkRows: Count,
  storageBytes: OpenCount,
  fileBytes: Count,
  contacts: OpenCount,
  activeListings: OpenCount,
  features: z
    .strictObject(
      Object.fromEntries(
        Object.keys(LIMITS.CUSTOM.features).map((name) => [name, z.boolean().optional()]),
      ) as Record<keyof Limits['features'], z.ZodOptional<z.ZodBoolean>>,
    )
    .optional(),
});

export const PlanChange = z.strictObject({
  tier: z.enum(TIERS),
  status: z.enum(SubscriptionStatus),
  billingCycle: z.enum(BillingCycle).optional(),
  currentPeriodStart: z.iso.datetime({ offset: true }),
  currentPeriodEnd: z.iso.datetime({ offset: true }),
  cancelAtPeriodEnd: z.boolean().optional(),
  limits: AgreedLimits.optional(),
});
export type PlanChange = z.output<typeof PlanChange>;

/**
 * Gives an organization a plan; one that has no subscription gets it. What is in use beyond the new limits stays, and nothing
 * is added to it. Twice is once; two at once follow each other on the organization's row, the later one holds.
 * @throws Refusal `ORGANIZATION_MISSING`, `PLAN_INVALID` with the fields
 */
export async function changePlan(db: Db, organizationId: string, change: PlanChange) {
  const faults = faultsOf(change, new Date());
  if (faults.length > 0)
    throw new Refusal(
      'invalid',
      'PLAN_INVALID',
      'This is no plan that holds.',
      'Correct what "errors" lists; nothing was changed.',
      { fields: faults },
    );
  const [known] = await db.$queryRaw<
    { id: string }[]
  >`SELECT id FROM organizations WHERE id = ${organizationId}::uuid FOR UPDATE`;
  if (!known) throw organizationMissing();
  const before = await db.subscription.findUnique({ where: { organizationId } });
  const { limits, currentPeriodStart, currentPeriodEnd, billingCycle, cancelAtPeriodEnd, ...said } = change;
  const metadata = { ...(before?.metadata as object | null), ...(limits ? { limits } : {}) };
  const data = {
    ...said,
    ...(billingCycle ? { billingCycle } : {}),
    ...(cancelAtPeriodEnd === undefined ? {} : { cancelAtPeriodEnd }),
    currentPeriodStart: new Date(currentPeriodStart),
    currentPeriodEnd: new Date(currentPeriodEnd),
    metadata: metadata as Prisma.InputJsonObject,
  };
  const after = await db.subscription.upsert({
    where: { organizationId },
    create: { organizationId, ...data },
    update: data,
  });
  return { before, after, plan: planOf(after) };
}

function faultsOf(change: PlanChange, now: Date): FieldFault[] {
  const [start, end] = [new Date(change.currentPeriodStart), new Date(change.currentPeriodEnd)];
  const running = change.status === 'ACTIVE' || change.status === 'TRIAL';
  return [
    ...(end <= start ? [fault('currentPeriodEnd', 'PERIOD_ORDER', 'is after currentPeriodStart')] : []),
    ...(running && end <= now
      ? [fault('currentPeriodEnd', 'PERIOD_OVER', `is in the future while the status is ${change.status}`)]
      : []),
    ...(change.limits && change.tier !== 'CUSTOM'
      ? [fault('limits', 'NOT_CUSTOM', 'are agreed for the plan CUSTOM only')]
      : []),
  ];
}

const fault = (field: string, code: string, message: string): FieldFault => ({ field, code, message });
