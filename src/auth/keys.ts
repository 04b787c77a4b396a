import { type Db, inTransaction } from '../db.ts';
import { Refusal } from '../errors.ts';
import { randomToken, sha256 } from './digest.ts';
import { PERMISSIONS, type Permission } from './permissions.ts';
import { currentPlan } from './plan.ts';
import { requireRoom } from './tiers.ts';

export interface KeyInput {
  /** 1 to 100 characters, for people. */
  readonly name: string;
  /** Permissions the key may use; at every use no more than its maker has then. */
  readonly scopes: readonly string[];
  /** Null, or left out, is without end. */
  readonly expiresAt?: Date | null;
  /** What the caller may: `who.permissions`. A key must not make one that may more than itself. */
  readonly held: ReadonlySet<Permission>;
}

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  /** The last four characters of the secret. */
  readonly hint: string;
  readonly scopes: readonly string[];
  /** The member it acts as. */
  readonly userId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

/**
 * Makes a key of the current member and gives its secret, which is kept nowhere: only its SHA-256 is. Each call makes one;
 * two at once follow each other, so that the plan's number is not exceeded.
 * @throws Refusal `KEY_INPUT_INVALID`, `SCOPE_NOT_HELD`, `PLAN_LIMIT_REACHED`; TenancyError `FORBIDDEN` for who is no
 *   owner or admin
 */
export async function createKey(db: Db, input: KeyInput): Promise<{ id: string; secret: string }> {
  const { name, scopes, expiresAt = null } = checked(input);
  const secret = `lk_${randomToken()}`;
  const id = await inTransaction(db, async (tx) => {
    await tx.$queryRaw`SELECT app.lock_plan()::text`;
    const { tier, limits } = await currentPlan(tx);
    const [counted] = await tx.$queryRaw<{ used: number }[]>`SELECT app.api_keys_in_use() AS used`;
    requireRoom(limits, tier, 'apiKeys', counted!.used);
    const [made] = await tx.$queryRaw<
      { id: string }[]
    >`SELECT app.create_api_key(${name}, ${sha256(secret)}::bytea,
      ${secret.slice(-4)}, ${scopes}::text[], ${expiresAt}::timestamptz) AS id`;
    return made!.id;
  });
  return { id, secret };
}

/** The keys of the organization, newest first, with those that are revoked. For owners and admins. */
export async function listKeys(db: Db): Promise<ApiKey[]> {
  return db.$queryRaw<ApiKey[]>`SELECT id, name, hint, scopes, user_id AS "userId", created_at AS "createdAt",
    expires_at AS "expiresAt", last_used_at AS "lastUsedAt", revoked_at AS "revokedAt" FROM app.list_api_keys()`;
}

/**
 * Revokes a key for good; twice is as once. Other processes notice within five seconds; for this one see `Auth.forget`.
 * @throws Refusal `KEY_UNKNOWN`
 */
export async function revokeKey(db: Db, id: string): Promise<void> {
  const [done] = await db.$queryRaw<{ found: boolean }[]>`SELECT app.revoke_api_key(${id}::uuid) AS found`;
  if (!done?.found)
    throw new Refusal('missing', 'KEY_UNKNOWN', 'There is no such key.', 'Look at the list of keys.');
}

function checked(input: KeyInput): KeyInput {
  const scopes = [...new Set(input.scopes)];
  const faults = [
    ...(input.name.trim().length < 1 || input.name.length > 100
      ? [{ field: 'name', code: 'length', message: 'must have 1 to 100 characters' }]
      : []),
    ...(scopes.length === 0
      ? [{ field: 'scopes', code: 'required', message: 'must name at least one permission' }]
      : []),
    ...scopes
      .filter((s) => !Object.hasOwn(PERMISSIONS, s))
      .map((s) => ({ field: 'scopes', code: 'unknown', message: `"${s.slice(0, 60)}" is no permission` })),
    ...(input.expiresAt && !(input.expiresAt.getTime() > Date.now())
      ? [{ field: 'expiresAt', code: 'past', message: 'must be in the future' }]
      : []),
  ];
  if (faults.length > 0)
    throw new Refusal(
      'invalid',
      'KEY_INPUT_INVALID',
      'The key cannot be made.',
      'Correct the fields named.',
      {
        fields: faults,
      },
    );
  const beyond = scopes.find((s) => !input.held.has(s as Permission));
  if (beyond !== undefined)
    throw new Refusal(
      'forbidden',
      'SCOPE_NOT_HELD',
      `You do not have the permission "${beyond}" yourself.`,
      'Leave it out, or let somebody who has it make the key.',
    );
  return { ...input, name: input.name.trim(), scopes };
}
