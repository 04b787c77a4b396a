import type { Pool } from 'pg';
import { Refusal } from '../errors.ts';
import type { Authenticated } from './credentials.ts';
import { type Adjustments, type OrgRole, permissionsOf } from './permissions.ts';
import { planOf } from './plan.ts';
import type { Person, Principal } from './principal.ts';
import { Remembered } from './remembered.ts';

/** An organization that a person can enter. */
export interface Membership {
  readonly organizationId: string;
  readonly name: string;
  readonly slug: string;
  readonly role: OrgRole;
}

interface EntranceRow {
  readonly id: string;
  readonly slug: string;
  readonly role: OrgRole;
  readonly permissions: Adjustments;
  readonly status: string | null;
  readonly tier: string;
  readonly current_period_end: Date;
  readonly metadata: unknown;
}

/** The condition of app.enter(): an active person, a membership that has not ended, an organization that is not archived. */
const ENTRANCE = `FROM public.organization_members AS m
  JOIN public.users AS p ON p.id = m.user_id
  JOIN public.organizations AS o ON o.id = m.organization_id
  LEFT JOIN public.subscriptions AS s ON s.organization_id = o.id
  WHERE m.user_id = $1 AND m.left_at IS NULL AND p.is_active AND p.deleted_at IS NULL AND o.archived_at IS NULL`;

/** Which organization somebody acts for, and what they may there. Answers are kept for `remember` milliseconds. */
export function openEntrance(pool: Pool, remember: number) {
  const entered = new Remembered<Principal | undefined>(remember, 10_000);

  return { enter, organizationsOf, forget: () => entered.forget() };

  /**
   * @param organization its id or address
   * @throws Refusal `ORGANIZATION_UNKNOWN`: one that does not exist, another's, and one that the key is not for, alike
   */
  async function enter(who: Authenticated, organization: string): Promise<Principal> {
    const key = `${who.person.credentialId} ${organization}`;
    const principal =
      entered.get(key) ??
      (await entered.ask(
        key,
        () => look(who, organization),
        (found) => (found ? Infinity : 0),
      ));
    if (principal) return principal;
    throw new Refusal(
      'missing',
      'ORGANIZATION_UNKNOWN',
      'There is no such organization among yours.',
      'Use the id or address of an organization that you are a member of.',
    );
  }

  async function look({ person, key }: Authenticated, organization: string): Promise<Principal | undefined> {
    if (!/^[0-9a-z-]{3,63}$/i.test(organization)) return undefined;
    const { rows } = await pool.query<EntranceRow>({
      text: `SELECT o.id, o.slug, m.role::text AS role, m.permissions, s.status::text AS status, s.tier::text AS tier,
          s.current_period_end, s.metadata
        ${ENTRANCE} AND (o.id::text = lower($2) OR o.slug = $2)
        ORDER BY o.id::text = lower($2) DESC LIMIT 1`,
      values: [person.userId, organization],
    });
    const [row] = rows;
    if (!row || (key && key.organizationId !== row.id)) return undefined;
    const { tier, limits } = planOf(
      row.status === null
        ? undefined
        : {
            status: row.status,
            tier: row.tier,
            currentPeriodEnd: row.current_period_end,
            metadata: row.metadata,
          },
    );
    return {
      ...person,
      organizationId: row.id,
      organizationSlug: row.slug,
      role: row.role,
      permissions: permissionsOf(row.role, adjustmentsOf(row.permissions), key?.scopes),
      tier,
      limits,
    };
  }

  /** The organizations that a person can enter, by name. */
  async function organizationsOf(person: Person): Promise<Membership[]> {
    const { rows } = await pool.query<Membership>(
      `SELECT o.id AS "organizationId", o.name, o.slug, m.role::text AS role ${ENTRANCE} ORDER BY o.name, o.id`,
      [person.userId],
    );
    return rows;
  }
}

/** The column takes any JSON object; what is no list of names adjusts nothing. */
export function adjustmentsOf(value: unknown): Adjustments {
  const { grant, deny } = (value ?? {}) as { grant?: unknown; deny?: unknown };
  const names = (list: unknown) => (Array.isArray(list) ? list.filter((n) => typeof n === 'string') : []);
  return { grant: names(grant), deny: names(deny) };
}
