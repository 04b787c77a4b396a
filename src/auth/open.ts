import pg from 'pg';
import type { Db } from '../db.ts';
import { LotlineError } from '../errors.ts';
import type { Letter } from '../mail/index.ts';
import { acceptInvitation, type InvitationView, viewInvitation } from './accept-invitation.ts';
import { countAttempt } from './attempts.ts';
import { type Authenticated, openCredentials } from './credentials.ts';
import { openDoor } from './door.ts';
import { type Membership, openEntrance } from './entrance.ts';
import { invite } from './invitations.ts';
import { type ApiKey, createKey, type KeyInput, listKeys, revokeKey } from './keys.ts';
import { invitationLetter } from './letters.ts';
import { openLibrary } from './library.ts';
import type { AuthOptions } from './options.ts';
import { createOrganization } from './organizations.ts';
import type { OrgRole } from './permissions.ts';
import type { Origin, Person, Principal } from './principal.ts';
import { actAsStaff, type Note, type StaffDeed, staffPool } from './staff.ts';
import { tidy } from './tidy.ts';

/** Sign-in as the server sees it. One for the process. */
export interface Auth {
  /** Everything under `/auth`. `origin` is where the request comes from, as the server knows it, not as headers claim. */
  handler(request: Request, origin?: Origin): Promise<Response>;
  /** See {@link openCredentials}: undefined without credentials; throws Refusal `SESSION_INVALID`, `KEY_INVALID`. */
  authenticate(headers: Headers): Promise<Authenticated | undefined>;
  /** See {@link openEntrance}; throws Refusal `ORGANIZATION_UNKNOWN`. */
  enter(who: Authenticated, organizationIdOrSlug: string): Promise<Principal>;
  organizationsOf(person: Person): Promise<Membership[]>;
  createOrganization(
    person: Person,
    input: { readonly name: string; readonly slug?: string },
  ): Promise<Membership>;
  /** As `invite()`, and sends the link: within a caller's transaction `afterwards`, once that has committed. */
  invite(
    db: Db,
    input: { readonly email: string; readonly role: OrgRole },
    afterwards?: Afterwards,
  ): Promise<{ id: string }>;
  invitation(token: string): Promise<InvitationView>;
  acceptInvitation(person: Person, token: string): Promise<Membership>;
  createKey(db: Db, input: KeyInput): Promise<{ id: string; secret: string }>;
  listKeys(db: Db): Promise<ApiKey[]>;
  /** As `revokeKey()`, at once in this process. */
  revokeKey(db: Db, id: string, afterwards?: Afterwards): Promise<void>;
  actAsStaff<T>(
    person: Person,
    deed: StaffDeed,
    work: (client: pg.PoolClient, note: Note) => Promise<T>,
  ): Promise<T>;
  /** Forgets what is remembered of credentials and memberships: call it after changing a membership or a plan. */
  forget(): void;
  /** Resolves when no letter and no other work in the background is under way. */
  settled(): Promise<void>;
  /** Waits for what is under way; the outbox is the caller's to close, afterwards. */
  close(): Promise<void>;
}

/** Runs work when what the caller wrote is committed; where there is no such transaction, at once. */
export type Afterwards = (work: () => void) => void;

const atOnce: Afterwards = (work) => work();

/** One mailbox is sent this many letters an hour, so that nobody can flood it through us. */
const LETTERS_AN_HOUR = 10;
const TIDY_MILLISECONDS = 15 * 60_000;

/**
 * Opens sign-in on a migrated database. Connects when it is first used.
 * @throws LotlineError `AUTH_SECRET_SHORT`
 */
export function openAuth(options: AuthOptions): Auth {
  if (options.secret.length < 32)
    throw new LotlineError(
      'AUTH_SECRET_SHORT',
      'The sign-in secret has fewer than 32 characters.',
      'Make one with: openssl rand -hex 32',
    );
  const remember = Math.min(options.remember ?? 5_000, 5_000);
  const onError = options.onError ?? (() => {});
  const pool = new pg.Pool({
    connectionString: options.platformUrl,
    max: options.connections ?? 5,
    connectionTimeoutMillis: 10_000,
    application_name: 'lotline-auth',
  });
  // A connection that breaks while it is idle is replaced by the pool.
  pool.on('error', () => onError('a connection of sign-in was lost'));
  const underWay = new Set<Promise<unknown>>();
  const inBackground = (work: Promise<unknown>) => {
    const done = work
      .catch(() => onError('work in the background of sign-in failed'))
      .finally(() => underWay.delete(done));
    underWay.add(done);
  };
  const post = (to: string, letter: Letter) => inBackground(sendWithin(to, letter));
  const sendWithin = async (to: string, letter: Letter) => {
    const full = await countAttempt(pool, [
      { what: `letters to ${to}`, most: LETTERS_AN_HOUR, seconds: 3600 },
    ]);
    if (full === 0) options.outbox.send(to, letter);
  };

  const credentials = openCredentials({ options, pool, remember, inBackground });
  const entrance = openEntrance(pool, remember);
  const forget = () => {
    credentials.forget();
    entrance.forget();
  };
  const library = openLibrary(options, { pool, post, inBackground, onError });
  const handler = openDoor({ options, pool, library, forget });
  const settled = async () => {
    while (underWay.size > 0) await Promise.all(underWay);
    await options.outbox.settled();
  };
  const timer = setInterval(() => inBackground(tidy(pool)), TIDY_MILLISECONDS).unref();

  return {
    handler,
    authenticate: credentials.authenticate,
    enter: entrance.enter,
    organizationsOf: entrance.organizationsOf,
    createOrganization: (person, input) => createOrganization(pool, person, input),
    invite: async (db, input, afterwards = atOnce) => {
      const { id, token } = await invite(db, input);
      const names = await pool.query<{ organization: string; inviter: string }>(
        `SELECT o.name AS organization, coalesce(p.name, p.email) AS inviter
         FROM public.organizations AS o, public.users AS p WHERE o.id = $1 AND p.id = $2`,
        [db.$tenant.organizationId, db.$tenant.userId],
      );
      const { organization, inviter } = names.rows[0]!;
      const url = `${options.webUrl ?? options.baseUrl}/invitations/${token}`;
      const letter = invitationLetter(organization, inviter, input.role, url);
      afterwards(() => post(input.email.trim().toLowerCase(), letter));
      return { id };
    },
    invitation: (token) => viewInvitation(pool, token),
    acceptInvitation: async (person, token) => {
      const membership = await acceptInvitation(pool, person, token);
      entrance.forget();
      return membership;
    },
    createKey,
    listKeys,
    revokeKey: async (db, id, afterwards = atOnce) => {
      await revokeKey(db, id);
      afterwards(forget);
    },
    actAsStaff: async (person, deed, work) => {
      try {
        return await actAsStaff(staffPool(pool), person, deed, work);
      } finally {
        forget();
      }
    },
    forget,
    settled,
    close: async () => {
      clearInterval(timer);
      await settled();
      await pool.end();
    },
  };
}
