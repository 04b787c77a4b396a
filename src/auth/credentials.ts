import type { Pool } from 'pg';
import { Refusal } from '../errors.ts';
import { cookieValue, openCookie, sessionCookieName } from './cookie.ts';
import { sha256, shortDigest } from './digest.ts';
import { sealedToken } from './hashed-sessions.ts';
import type { AuthOptions } from './options.ts';
import type { Person } from './principal.ts';
import { Remembered } from './remembered.ts';

/** Who a request comes from; with `key` it is a program that acts as a member of one organization. */
export interface Authenticated {
  readonly person: Person;
  readonly key?: { readonly organizationId: string; readonly scopes: readonly string[] };
}

interface Found extends Authenticated {
  /** Epoch milliseconds at which session or key expires. */
  readonly expires: number;
}

interface PersonRow {
  readonly user_id: string;
  readonly email: string;
  readonly name: string | null;
  readonly role: Person['platformRole'];
  readonly expires_at: Date | null;
  readonly id: string;
}

const PERSON = 'p.id AS user_id, p.email, p.name, p.role::text AS role';
const KEY = /^lk_[0-9a-f]{64}$/;

interface Ties {
  readonly options: AuthOptions;
  readonly pool: Pool;
  readonly remember: number;
  readonly inBackground: (work: Promise<unknown>) => void;
}

/**
 * Finds out who a request comes from, by the session cookie or `Authorization: Bearer lk_…`; the latter wins.
 * An answer is kept for `remember` milliseconds and not past the credential's own end.
 */
export function openCredentials({ options, pool, remember, inBackground }: Ties) {
  const cookieName = sessionCookieName(options.baseUrl);
  const found = new Remembered<Found | undefined>(remember, 10_000);

  return { authenticate, forget: () => found.forget() };

  /**
   * @returns undefined when the request brings no credentials
   * @throws Refusal `SESSION_INVALID`, `KEY_INVALID`: expired, revoked, unknown and tampered alike
   */
  async function authenticate(headers: Headers): Promise<Authenticated | undefined> {
    const bearer = headers.get('authorization');
    const cookie = bearer === null ? headers.get('cookie') : null;
    const value = cookie === null ? undefined : cookieValue(cookie, cookieName);
    const credential = bearer ?? value;
    if (!credential) return undefined;
    const isKey = bearer !== null;
    const digest = shortDigest(credential);
    const known =
      found.get(digest) ??
      (await found.ask(
        digest,
        () => (isKey ? byKey(credential) : bySession(credential)),
        (answer) => answer?.expires ?? 0,
      ));
    if (known) return known;
    throw isKey
      ? new Refusal(
          'unauthenticated',
          'KEY_INVALID',
          'This API key is not valid.',
          'Send a key as "Authorization: Bearer lk_…" that is neither revoked nor expired.',
        )
      : new Refusal('unauthenticated', 'SESSION_INVALID', 'Your session has ended.', 'Sign in again.');
  }

  async function bySession(value: string): Promise<Found | undefined> {
    const token = openCookie(value, options.secret);
    if (token === undefined) return undefined;
    const { rows } = await pool.query<PersonRow>({
      text: `SELECT s.id, s.expires_at, ${PERSON} FROM auth.sessions AS s JOIN public.users AS p ON p.auth_subject = s.user_id
        WHERE s.token = $1 AND s.expires_at > now() AND p.is_active AND p.deleted_at IS NULL`,
      values: [sealedToken(token)],
    });
    return rows[0] && { person: personOf(rows[0], 'session'), expires: rows[0].expires_at!.getTime() };
  }

  async function byKey(header: string): Promise<Found | undefined> {
    const [, secret = ''] = /^bearer +(\S+)$/i.exec(header) ?? [];
    if (!KEY.test(secret)) return undefined;
    const { rows } = await pool.query<
      PersonRow & { organization_id: string; scopes: string[]; stale: boolean }
    >({
      text: `SELECT k.id, k.expires_at, k.organization_id, k.scopes,
          k.last_used_at IS NULL OR k.last_used_at < now() - interval '1 minute' AS stale, ${PERSON}
        FROM auth.api_keys AS k
        JOIN public.organization_members AS m ON m.organization_id = k.organization_id AND m.user_id = k.user_id
        JOIN public.organizations AS o ON o.id = k.organization_id
        JOIN public.users AS p ON p.id = k.user_id
        WHERE k.secret_sha256 = $1 AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
          AND m.left_at IS NULL AND o.archived_at IS NULL AND p.is_active AND p.deleted_at IS NULL`,
      values: [sha256(secret)],
    });
    const [row] = rows;
    if (!row) return undefined;
    if (row.stale) inBackground(markUsed(row.id));
    return {
      person: personOf(row, 'key'),
      key: { organizationId: row.organization_id, scopes: row.scopes },
      expires: row.expires_at?.getTime() ?? Infinity,
    };
  }

  /** Several processes may see the same key stale; one of them writes. */
  async function markUsed(id: string): Promise<void> {
    await pool.query(
      `UPDATE auth.api_keys SET last_used_at = now()
       WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`,
      [id],
    );
  }
}

function personOf(row: PersonRow, via: Person['via']): Person {
  return {
    userId: row.user_id,
    email: row.email,
    name: row.name,
    platformRole: row.role,
    via,
    credentialId: row.id,
  };
}
