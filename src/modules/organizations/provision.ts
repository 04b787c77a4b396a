import type { ClientBase } from 'pg';
import { LotlineError } from '../../errors.ts';
import { insertEvent } from '../../tenancy/lifecycle/index.ts';

export interface ProvisionInput {
  /** The address: unique, and the key by which a repeated call finds what the first one made. */
  readonly slug: string;
  readonly name: string;
  readonly ownerEmail: string;
  readonly ownerName?: string;
  /** Who asks, for the record. */
  readonly actor: string;
}

export interface Provisioned {
  readonly organizationId: string;
  readonly ownerId: string;
  /** False where the organization was there already. */
  readonly created: boolean;
  /** False where the person had an account already. */
  readonly ownerCreated: boolean;
}

/**
 * Makes an organization with its owner through `app.create_organization()`, and the owner's account where the e-mail is
 * new. A repeated call changes nothing and gives the same ids; two at once follow each other.
 * @param client a session of lotline_platform, outside a transaction
 * @throws LotlineError `PROVISION_TAKEN` where the address belongs to an organization that the person does not own,
 *   `PROVISION_INVALID` for a name, address or e-mail of the wrong shape, `PROVISION_OWNER` for a closed account.
 */
export async function provisionOrganization(client: ClientBase, input: ProvisionInput): Promise<Provisioned> {
  await client.query('BEGIN');
  try {
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended('provision ' || $1, 0))", [input.slug]);
    const done = (await existing(client, input)) ?? (await create(client, input));
    await client.query('COMMIT');
    return done;
  } catch (error) {
    await client.query('ROLLBACK');
    throw refused(error, input);
  }
}

async function existing(
  client: ClientBase,
  { slug, ownerEmail }: ProvisionInput,
): Promise<Provisioned | undefined> {
  const { rows } = await client.query<{ id: string; owner: string | null }>(
    `SELECT o.id, u.id AS owner FROM public.organizations AS o
     LEFT JOIN public.users AS u ON u.email = $2 AND EXISTS (SELECT FROM public.organization_members AS m
       WHERE m.organization_id = o.id AND m.user_id = u.id AND m.role = 'OWNER' AND m.left_at IS NULL)
     WHERE o.slug = $1`,
    [slug, ownerEmail],
  );
  const found = rows[0];
  if (!found) return undefined;
  if (found.owner)
    return { organizationId: found.id, ownerId: found.owner, created: false, ownerCreated: false };
  throw new LotlineError(
    'PROVISION_TAKEN',
    `The address "${slug}" belongs to an organization that ${ownerEmail} does not own. Nothing was made.`,
    'choose another address',
  );
}

async function create(client: ClientBase, input: ProvisionInput): Promise<Provisioned> {
  const made = await client.query(
    'INSERT INTO public.users (email, name) VALUES ($1, $2) ON CONFLICT (email) DO NOTHING',
    [input.ownerEmail, input.ownerName ?? null],
  );
  const { rows: people } = await client.query<{ id: string }>(
    'SELECT id FROM public.users WHERE email = $1',
    [input.ownerEmail],
  );
  const ownerId = people[0]!.id;
  const { rows } = await client.query<{ id: string }>('SELECT app.create_organization($1, $2, $3) AS id', [
    input.name,
    input.slug,
    ownerId,
  ]);
  const organizationId = rows[0]!.id;
  const counts = { organizations: 1, organization_members: 1, subscriptions: 1, users: made.rowCount ?? 0 };
  await insertEvent(client, organizationId, { event: 'provisioned', actor: input.actor, counts });
  return { organizationId, ownerId, created: true, ownerCreated: made.rowCount === 1 };
}

function refused(error: unknown, { ownerEmail }: ProvisionInput): unknown {
  const { code, constraint, message } = error as { code?: string; constraint?: string; message?: string };
  if (error instanceof LotlineError) return error;
  if (code === '23514' || code === '23502')
    return new LotlineError(
      'PROVISION_INVALID',
      `Name, address or e-mail is not of the right shape (${constraint ?? message}). Nothing was made.`,
      'an address has 3 to 63 small letters, digits and hyphens; a name up to 200 characters',
      { cause: error },
    );
  if (code === '42501')
    return new LotlineError(
      'PROVISION_OWNER',
      `${ownerEmail} cannot own an organization: ${message}.`,
      'reactivate the account first',
      {
        cause: error,
      },
    );
  return error;
}
