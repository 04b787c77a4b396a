import { currentPlan } from '../../auth/plan.ts';
import type { Db } from '../../db.ts';
import { inTransaction } from '../../db.ts';
import type { Lead } from '../../generated/prisma/client.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { ActivityType } from '../../generated/prisma/enums.ts';
import type { Plan, Values } from '../../http/index.ts';
import { type LeadFacts, type Score, scoreLead } from './lead-score.ts';
import { keyOf, lockRow, missing } from './rows.ts';

type Scored = Pick<
  Lead,
  'status' | 'source' | 'currency' | 'timeline' | 'email' | 'phone' | 'notes' | 'createdAt' | 'lastContactAt'
> & { budget: unknown };
type Done = { leadId: string; type: ActivityType; at: Date };

/**
 * Median price of the active listings in a currency: what a budget is compared with. Within a transaction it is worked out
 * once and kept in a setting that is local to it, so that an import of many leads does not sort the listings for each.
 */
export async function priceLevel(db: Db, currency: string): Promise<number | null> {
  if (!/^[A-Z]{3}$/.test(currency)) return null;
  const setting = `lotline.price_level_${currency}`;
  const [row] = await db.$queryRaw<{ level: string }[]>`
    SELECT coalesce(nullif(current_setting(${setting}, true), ''), set_config(${setting}, coalesce((
      SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY price::float8)
      FROM listings WHERE status = 'ACTIVE' AND archived_at IS NULL AND currency = ${currency})::text, 'none'), true)) AS level`;
  return row === undefined || row.level === 'none' ? null : Number(row.level);
}

/** What was done with leads in the last 180 days; older activities weigh less than a hundredth of the scale. */
async function activitiesOf(db: Db, leads: readonly string[], without?: string): Promise<Done[]> {
  return db.$queryRaw<Done[]>`
    SELECT lead_id AS "leadId", type::text AS type, least(coalesce(completed_at, created_at), now()) AS at
    FROM activities
    WHERE lead_id = ANY (${leads}::uuid[]) AND id IS DISTINCT FROM ${without ?? null}::uuid
      AND coalesce(completed_at, created_at) > now() - interval '180 days'`;
}

const factsOf = (lead: Scored, level: number | null, activities: readonly Done[]): LeadFacts => ({
  ...lead,
  budget: lead.budget === null || lead.budget === undefined ? null : Number(lead.budget),
  priceLevel: level,
  activities,
});

/** Whether the plan includes scores; leads keep those they have where it does not. Looked up where it is not given. */
export async function mayScore(db: Db, plan?: Plan): Promise<boolean> {
  return (plan ?? (await currentPlan(db))).limits.features.leadScoring;
}

/** The score of a lead with these values, before they are written. */
export async function scoreOf(db: Db, lead: Values & { id?: string }, without?: string): Promise<Score> {
  const values = { status: 'NEW_LEAD', source: 'WEBSITE', currency: 'USD', ...lead } as unknown as Scored;
  const at = (value: unknown) => (value ? new Date(value as string) : null);
  const [level, done] = [
    values.budget ? await priceLevel(db, values.currency) : null,
    lead.id ? await activitiesOf(db, [lead.id], without) : [],
  ];
  const dated = {
    ...values,
    email: values.email ?? null,
    phone: values.phone ?? null,
    notes: values.notes ?? null,
    timeline: values.timeline ?? null,
    createdAt: at(values.createdAt) ?? new Date(),
    lastContactAt: at(values.lastContactAt),
  };
  return scoreLead(factsOf(dated, level, done), new Date());
}

/**
 * Scores a lead anew, keeps the score, and explains it. Twice gives the same; at once, the second waits for the first
 * and reads what it left. A converted lead keeps the score it had. `updated_at` stays: a score is derived, and nobody's
 * open form shall be stale because time went by.
 * @param without an activity that is about to go
 * @throws Refusal `NOT_FOUND`
 */
export function rescoreLead(db: Db, leadId: string, without?: string): Promise<Score> {
  return inTransaction(db, async (tx) => {
    if (!(await lockRow(tx, 'lead', leadId))) throw missing('lead');
    const lead = await tx.lead.findUniqueOrThrow({ where: keyOf(tx, leadId) });
    const score = await scoreOf(tx, { ...lead }, without);
    if (lead.status === 'CONVERTED') return { ...score, value: lead.scoreValue, score: lead.score };
    if (score.value !== lead.scoreValue || score.score !== lead.score) {
      await tx.$executeRaw`UPDATE leads SET score_value = ${score.value}, score = ${score.score}::lead_score
        WHERE id = ${leadId}::uuid`;
    }
    return score;
  });
}

const BATCH = 500;

/**
 * Scores all leads of the organization that are open and not archived, for the decay of a day. Each batch is a statement
 * of its own and commits alone: half done, the next run does the rest. A lead that somebody changed meanwhile is left as
 * its change scored it.
 * @returns how many leads were looked at, and how many scores changed
 */
export async function rescoreAll(
  db: Db,
  { progress, signal }: { progress?: (done: number) => Promise<void>; signal?: AbortSignal } = {},
): Promise<{ leads: number; changed: number }> {
  if (!(await mayScore(db))) return { leads: 0, changed: 0 };
  const where = { archivedAt: null, status: { not: 'CONVERTED' as const } };
  const total = await db.lead.count({ where });
  const levels = new Map<string, number | null>();
  const now = new Date();
  let [leads, changed, after] = [0, 0, '00000000-0000-0000-0000-000000000000'];
  for (;;) {
    signal?.throwIfAborted();
    const batch = await db.lead.findMany({
      where: { ...where, id: { gt: after } },
      orderBy: { id: 'asc' },
      take: BATCH,
    });
    if (batch.length === 0) return { leads, changed };
    after = batch.at(-1)!.id;
    leads += batch.length;
    const done = Map.groupBy(
      await activitiesOf(
        db,
        batch.map((lead) => lead.id),
      ),
      (activity) => activity.leadId,
    );
    for (const { currency } of batch) {
      if (!levels.has(currency)) levels.set(currency, await priceLevel(db, currency));
    }
    const moved = batch.flatMap((lead) => {
      const facts = factsOf(lead, levels.get(lead.currency) ?? null, done.get(lead.id) ?? []);
      const { value, score } = scoreLead(facts, now);
      return value === lead.scoreValue && score === lead.score ? [] : [{ lead, value, score }];
    });
    if (moved.length > 0) changed += await keepScores(db, moved);
    await progress?.(Math.min(1, leads / Math.max(1, total)));
  }
}

function keepScores(db: Db, moved: readonly { lead: Lead; value: number; score: string }[]): Promise<number> {
  return db.$executeRaw(Prisma.sql`
    UPDATE leads SET score_value = fresh.value, score = fresh.score::lead_score
    FROM unnest(${moved.map((m) => m.lead.id)}::uuid[], ${moved.map((m) => m.value)}::integer[],
      ${moved.map((m) => m.score)}::text[], ${moved.map((m) => m.lead.scoreValue)}::integer[],
      ${moved.map((m) => m.lead.updatedAt)}::timestamptz[]) AS fresh (id, value, score, was, read)
    WHERE leads.id = fresh.id AND leads.score_value = fresh.was
      AND date_trunc('milliseconds', leads.updated_at) = fresh.read`);
}
