import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
import { sealedToken } from '../../src/auth/hashed-sessions.ts';
import type { World } from '../tenancy/world.ts';

/** Somebody of an office, who is signed in and has a key. */
export interface BenchPerson {
  readonly organizationId: string;
  readonly slug: string;
  readonly userId: string;
  /** Values of the headers `cookie` and `authorization`. */
  readonly cookie: string;
  readonly authorization: string;
  /** Where they ask from, as the proxy in front says. */
  readonly address: string;
}

/** Requests a minute that every office of the benchmark has agreed with us: limits are not what is measured. */
const AGREED = 100_000_000;
const SCOPES = ['crm:read', 'crm:write'];

/** Makes `each` people in every office, with sessions and keys, and agrees on a plan without bounds. */
export async function addPeople(world: World, each: number, secret: string): Promise<BenchPerson[]> {
  const { superuser, tenants } = world;
  await superuser.query(
    `INSERT INTO subscriptions (organization_id, status, tier, current_period_start, current_period_end, metadata)
     SELECT id, 'ACTIVE', 'CUSTOM', now(), now() + interval '1 year', $2::jsonb FROM unnest($1::uuid[]) AS o(id)`,
    [tenants, JSON.stringify({ limits: { requestsPerMinute: AGREED } })],
  );
  const people: BenchPerson[] = [];
  for (let n = 0; n < tenants.length * each; n += 1) {
    const organizationId = tenants[n % tenants.length]!;
    const token = randomBytes(24).toString('base64url');
    const key = `lk_${randomBytes(32).toString('hex')}`;
    const { rows } = await superuser.query<{ user_id: string }>(
      `WITH account AS (INSERT INTO auth.users (name, email, email_verified) VALUES ('Somebody', $1, true) RETURNING id),
         session AS (INSERT INTO auth.sessions (id, token, user_id, expires_at) SELECT $2, $3, id, now() + interval '1 day' FROM account),
         person AS (INSERT INTO users (email, name, auth_subject) SELECT $1, 'Somebody', id FROM account RETURNING id)
       INSERT INTO organization_members (organization_id, user_id, role) SELECT $4, id, 'OWNER' FROM person RETURNING user_id`,
      [`p${n}@example.com`, randomUUID(), sealedToken(token), organizationId],
    );
    const userId = rows[0]!.user_id;
    await superuser.query(
      `INSERT INTO auth.api_keys (organization_id, user_id, name, secret_sha256, hint, scopes) VALUES ($1, $2, 'bench', $3, $4, $5)`,
      [organizationId, userId, createHash('sha256').update(key).digest(), key.slice(-4), SCOPES],
    );
    const seal = createHmac('sha256', secret).update(token).digest('base64');
    people.push({
      organizationId,
      slug: `office-${(n % tenants.length) + 1}`,
      userId,
      cookie: `lotline.session_token=${encodeURIComponent(`${token}.${seal}`)}`,
      authorization: `Bearer ${key}`,
      address: `203.0.${(n >> 8) & 255}.${n & 255}`,
    });
  }
  return people;
}
