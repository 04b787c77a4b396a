import { LotlineError } from '../../errors.ts';
import {
  addCount,
  batch,
  type Calendar,
  insertBatches,
  naturalId,
  type Office,
  type SeedClient,
  type SeedCounts,
} from '../seeding/index.ts';
import { OFFICES, type OfficeSeed, type PersonSeed, PLATFORM } from './offices.ts';

/** The platform's organization with its operators. */
export interface Platform {
  readonly organizationId: string;
  /** User ids in the order of {@link PLATFORM}. */
  readonly operators: readonly string[];
}

/** Makes the platform's organization and its operators where they are missing. */
export async function ensurePlatform(client: SeedClient, counts: SeedCounts): Promise<Platform> {
  const operators = await ensureUsers(client, PLATFORM.people, counts);
  const existing = await client.query('SELECT id FROM public.organizations WHERE is_platform');
  let organizationId = existing.rows[0]?.id as string | undefined;
  if (!organizationId) {
    organizationId = await createOrganization(client, PLATFORM, operators[0]!, counts);
    await client.query(
      `UPDATE public.organizations SET is_platform = true, billing_email = 'billing@lotline.example',
         description = 'Operates the platform and publishes its marketplace.' WHERE id = $1`,
      [organizationId],
    );
    await client.query(
      `UPDATE public.subscriptions SET status = 'ACTIVE', tier = 'ENTERPRISE' WHERE organization_id = $1`,
      [organizationId],
    );
  }
  addCount(counts, 'organizations', 1, 0);
  addCount(counts, 'subscriptions', 1, 0);
  await insertMembers(client, organizationId, PLATFORM.people, operators, counts);
  return { organizationId, operators };
}

/**
 * Makes the demo brokerages through `app.create_organization()` where they are missing.
 * @throws LotlineError `SEED_CONFLICT` when an organization that is not the demo has one of their addresses.
 */
export async function ensureOffices(
  client: SeedClient,
  calendar: Calendar,
  counts: SeedCounts,
): Promise<Office[]> {
  const offices: Office[] = [];
  for (const seed of OFFICES) {
    const ids = await ensureUsers(client, seed.people, counts);
    const organizationId = await ensureOffice(client, seed, ids[0]!, counts);
    await insertMembers(client, organizationId, seed.people, ids, counts);
    const [owner, admin, ...rest] = ids as [string, string, ...string[]];
    const members = { owner, admin, agents: rest.slice(0, 3), viewer: rest[3]! };
    offices.push({ ...seed, organizationId, members, calendar });
  }
  return offices;
}

async function ensureOffice(
  client: SeedClient,
  seed: OfficeSeed,
  owner: string,
  counts: SeedCounts,
): Promise<string> {
  const { rows } = await client.query(
    `SELECT o.id, m.user_id IS NOT NULL AS ours FROM public.organizations AS o
     LEFT JOIN public.organization_members AS m ON m.organization_id = o.id AND m.user_id = $2
     WHERE o.slug = $1`,
    [seed.slug, owner],
  );
  const found = rows[0];
  if (found && !found.ours) {
    throw new LotlineError(
      'SEED_CONFLICT',
      `The address "${seed.slug}" belongs to an organization that is not the demo.`,
      'Seed the demo into a database without real organizations, or change the address of that organization.',
    );
  }
  addCount(counts, 'organizations', 1, 0);
  addCount(counts, 'subscriptions', 1, 0);
  if (found) return found.id as string;

  const id = await createOrganization(client, seed, owner, counts);
  const settings = {
    locale: 'en-US',
    timezone: seed.timezone,
    currency: 'USD',
    email: { from_name: seed.name, from_email: `hello@${seed.domain}` },
    features: {},
  };
  await client.query(
    'UPDATE public.organizations SET description = $2, billing_email = $3, settings = $4 WHERE id = $1',
    [id, seed.description, `billing@${seed.domain}`, JSON.stringify(settings)],
  );
  if (seed.plan) {
    await client.query(
      `UPDATE public.subscriptions SET status = 'ACTIVE', tier = $2::public.subscription_tier,
         billing_cycle = $3::public.billing_cycle, current_period_end = current_period_start + interval '1 year'
       WHERE organization_id = $1`,
      [id, seed.plan.tier, seed.plan.cycle],
    );
  }
  return id;
}

async function createOrganization(
  client: SeedClient,
  { name, slug }: { name: string; slug: string },
  owner: string,
  counts: SeedCounts,
): Promise<string> {
  const { rows } = await client.query('SELECT app.create_organization($1, $2, $3) AS id', [
    name,
    slug,
    owner,
  ]);
  for (const table of ['organizations', 'organization_members', 'subscriptions'])
    addCount(counts, table, 0, 1);
  return rows[0]!.id as string;
}

/** Inserts the people whose e-mail is new and returns the ids of all, in their order. */
async function ensureUsers(
  client: SeedClient,
  people: readonly PersonSeed[],
  counts: SeedCounts,
): Promise<string[]> {
  const rows = people.map((p) => ({
    id: naturalId('user', p.email),
    name: p.name,
    email: p.email,
    role: p.userRole,
    auth_subject: `demo|${p.email}`,
  }));
  await tally(
    client,
    counts,
    'users',
    rows.map((row) => ({ ...row, is_active: true })),
  );
  const found = await client.query('SELECT id, email FROM public.users WHERE email = ANY ($1)', [
    people.map((p) => p.email),
  ]);
  const byEmail = new Map(found.rows.map((row) => [row.email, row.id as string]));
  return people.map((p) => byEmail.get(p.email)!);
}

async function insertMembers(
  client: SeedClient,
  organizationId: string,
  people: readonly PersonSeed[],
  ids: readonly string[],
  counts: SeedCounts,
): Promise<void> {
  const now = Date.now();
  const rows = people.map((person, i) => ({
    organization_id: organizationId,
    user_id: ids[i]!,
    role: person.orgRole,
    permissions: {},
    joined_at: new Date(now - 86_400_000 * (person.left ? 400 : 1)).toISOString(),
    left_at: person.left ? new Date(now - 86_400_000 * 30).toISOString() : null,
  }));
  await tally(client, counts, 'organization_members', rows);
}

async function tally(
  client: SeedClient,
  counts: SeedCounts,
  table: string,
  rows: Parameters<typeof batch>[1],
): Promise<void> {
  const done = (await insertBatches(client, [batch(table, rows)]))[table]!;
  addCount(counts, table, done.rows, done.inserted);
}
