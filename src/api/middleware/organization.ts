import type { MiddlewareHandler } from 'hono';
import type { Auth } from '../../auth/index.ts';
import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import type { PrismaClient } from '../../generated/prisma/client.ts';
import type { Tenancy } from '../../tenancy/index.ts';
import type { Env } from '../env.ts';

/** Who asks: resolved once, at the door. @throws Refusal `SIGN_IN_REQUIRED` and what the credentials deserve */
export function requirePerson(auth: Auth): MiddlewareHandler<Env> {
  return async (c, next) => {
    const known = await auth.authenticate(c.req.raw.headers);
    if (!known) throw SIGN_IN();
    c.set('person', known.person);
    await next();
  };
}

/**
 * Which organization, and what the person may there. From here on every query is bound to the two, and nothing further
 * in asks for them again.
 */
export function enterOrganization(auth: Auth, tenancy: Tenancy<PrismaClient>): MiddlewareHandler<Env> {
  return async (c, next) => {
    const known = await auth.authenticate(c.req.raw.headers);
    if (!known) throw SIGN_IN();
    const who = await auth.enter(known, c.req.param('organization') ?? '');
    c.set('person', who);
    c.set('who', who);
    c.set('db', tenancy.for({ ...tenantOf(who), origin: c.get('origin') }) as unknown as Db);
    await next();
  };
}

const tenantOf = ({
  organizationId,
  userId,
  role,
}: {
  organizationId: string;
  userId: string;
  role: string;
}) => ({
  organizationId,
  userId,
  role,
});

const SIGN_IN = () =>
  new Refusal(
    'unauthenticated',
    'SIGN_IN_REQUIRED',
    'This needs somebody who is signed in.',
    'Sign in at /auth/sign-in/email, or send an API key: Authorization: Bearer lk_…',
  );
