import { randomUUID } from 'node:crypto';
import { kyselyAdapter } from '@better-auth/kysely-adapter';
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { APIError, isAPIError } from 'better-auth/api';
import { genericOAuth, twoFactor } from 'better-auth/plugins';
import { Kysely, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import type { Letter } from '../mail/index.ts';
import { forgetAttempts } from './attempts.ts';
import { withHashedSessions } from './hashed-sessions.ts';
import {
  emailChangeLetter,
  passwordChangedLetter,
  resetLetter,
  takenLetter,
  verificationLetter,
} from './letters.ts';
import type { AuthOptions } from './options.ts';

/** The header by which the door tells the library where a request comes from. What a client sends under it is dropped. */
export const ADDRESS_HEADER = 'x-lotline-client-address';

export const PASSWORD = { least: 12, most: 128 } as const;

/** A session lasts this long without use; being used on another day prolongs it. */
const SESSION_SECONDS = 7 * 24 * 3600;

interface Ties {
  readonly pool: Pool;
  /** Sends a letter in the background, within what one mailbox is sent. */
  readonly post: (to: string, letter: Letter) => void;
  /** Work that outlives its request; `close()` waits for it. */
  readonly inBackground: (work: Promise<unknown>) => void;
  readonly onError: (what: string) => void;
}

/**
 * better-auth on the schema `auth`, as lotline_platform. The tables are ours (prisma/models/auth.sql), and so are the
 * rate limits; the paths it serves are chosen in door.ts.
 */
export function openLibrary(options: AuthOptions, { pool, post, inBackground, onError }: Ties) {
  const { baseUrl, secret, oidc } = options;
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) }).withSchema('auth');
  const adapter = kyselyAdapter(kysely as Kysely<unknown>, { type: 'postgres', transaction: true });
  // The pages of the web application, or, where there is none, the server's own.
  const pages = options.webUrl ?? `${baseUrl}/auth`;
  const page = (name: string, token: string) => `${pages}/${name}?token=${encodeURIComponent(token)}`;

  return betterAuth({
    appName: 'Lotline',
    baseURL: baseUrl,
    basePath: '/auth',
    secret,
    trustedOrigins: [new URL(baseUrl).origin, new URL(options.webUrl ?? baseUrl).origin],
    database: (given: BetterAuthOptions) => withHashedSessions(adapter(given)),
    user: {
      modelName: 'users',
      fields: { emailVerified: 'email_verified', ...TIMES },
      additionalFields: {
        organizationName: {
          type: 'string',
          required: false,
          returned: false,
          fieldName: 'organization_name',
        },
        organizationSlug: {
          type: 'string',
          required: false,
          returned: false,
          fieldName: 'organization_slug',
        },
      },
      changeEmail: {
        enabled: true,
        sendChangeEmailConfirmation: async ({ user, newEmail, token }) =>
          post(user.email, emailChangeLetter(newEmail, page('verify-email', token))),
      },
    },
    session: {
      modelName: 'sessions',
      fields: {
        expiresAt: 'expires_at',
        userId: 'user_id',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        ...TIMES,
      },
      expiresIn: SESSION_SECONDS,
      updateAge: 24 * 3600,
    },
    account: {
      modelName: 'accounts',
      fields: {
        accountId: 'account_id',
        providerId: 'provider_id',
        userId: 'user_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        ...TIMES,
      },
      encryptOAuthTokens: true,
    },
    verification: {
      modelName: 'verifications',
      fields: { expiresAt: 'expires_at', ...TIMES },
      storeIdentifier: 'hashed',
    },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: PASSWORD.least,
      maxPasswordLength: PASSWORD.most,
      requireEmailVerification: true,
      autoSignIn: false,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: 3600,
      sendResetPassword: async ({ user, token }) =>
        post(user.email, resetLetter(page('reset-password', token))),
      onExistingUserSignUp: async ({ user }) => post(user.email, takenLetter(`${pages}/forgot-password`)),
      onPasswordReset: async ({ user }) => {
        // Who has the mailbox has proved the address, and is not locked out by whoever guessed before.
        await pool.query('UPDATE auth.users SET email_verified = true WHERE id = $1 AND NOT email_verified', [
          user.id,
        ]);
        await forgetAttempts(pool, [`account ${user.email}`]);
        post(user.email, passwordChangedLetter(`${pages}/forgot-password`));
      },
    },
    emailVerification: {
      sendOnSignUp: true,
      sendOnSignIn: true,
      autoSignInAfterVerification: false,
      expiresIn: 3600,
      sendVerificationEmail: async ({ user, token }) =>
        post(user.email, verificationLetter(page('verify-email', token))),
    },
    databaseHooks: {
      session: {
        create: {
          before: async ({ userId }) => {
            if (await mayEnter(pool, userId)) return;
            throw APIError.from('UNAUTHORIZED', {
              code: 'PERSON_INACTIVE',
              message: 'This account cannot sign in',
            });
          },
        },
      },
      user: {
        update: {
          before: async ({ email }) => {
            if (!email || !(await isTaken(pool, email))) return;
            throw APIError.from('BAD_REQUEST', {
              code: 'EMAIL_TAKEN',
              message: 'This e-mail address cannot be used',
            });
          },
        },
      },
    },
    plugins: [
      twoFactor({
        issuer: 'Lotline',
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'two_factors',
            fields: {
              userId: 'user_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
      ...(oidc
        ? [
            genericOAuth({
              config: [
                {
                  providerId: 'oidc',
                  name: oidc.name ?? 'Single sign-on',
                  discoveryUrl: `${oidc.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
                  clientId: oidc.clientId,
                  clientSecret: oidc.clientSecret,
                  scopes: ['openid', 'profile', 'email'],
                  pkce: true,
                  requireIdTokenVerification: true,
                  requireEmailVerification: true,
                  mapProfileToUser: (profile) => ({ name: nameOf(profile) }),
                },
              ],
            }),
          ]
        : []),
    ],
    advanced: {
      cookiePrefix: 'lotline',
      useSecureCookies: baseUrl.startsWith('https:'),
      disableCSRFCheck: false,
      disableOriginCheck: false,
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      database: { generateId: () => randomUUID() },
      backgroundTasks: { handler: inBackground },
    },
    onAPIError: {
      errorURL: `${baseUrl}/auth/error`,
      // Refusals are answers, and answered; what else is thrown is a fault, whose message may hold values.
      onError: (error) => {
        if (!isAPIError(error)) onError(`sign-in failed: ${error instanceof Error ? error.name : 'unknown'}`);
      },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // Its messages name e-mail addresses; what they say below an error is of no use to us.
    logger: {
      level: 'error',
      disableColors: true,
      log: (level, message) => level === 'error' && onError(message),
    },
  });
}

export type Library = ReturnType<typeof openLibrary>;

const TIMES = { createdAt: 'created_at', updatedAt: 'updated_at' } as const;

/** Whether an account has a person behind it who is active. Without one it signs in nobody. */
async function mayEnter(pool: Pool, account: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    'SELECT FROM public.users WHERE auth_subject = $1 AND is_active AND deleted_at IS NULL',
    [account],
  );
  return rowCount === 1;
}

/** The library changes an address only to another one, so whoever has it is somebody else. */
async function isTaken(pool: Pool, email: string): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT FROM public.users WHERE email = $1', [email]);
  return rowCount === 1;
}

/** Providers need not say a name; ours has 1 to 200 characters. */
function nameOf(profile: { name?: unknown; email?: unknown }): string {
  const name = typeof profile.name === 'string' ? profile.name.replace(/\p{Cc}+/gu, ' ').trim() : '';
  return (name || String(profile.email ?? 'Somebody').split('@')[0]!).slice(0, 200);
}
