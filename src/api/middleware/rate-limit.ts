import type { Context, MiddlewareHandler } from 'hono';
import { networkOf } from '../../auth/index.ts';
import { Refusal } from '../../errors.ts';
import type { Env } from '../env.ts';
import type { RateLimits } from '../rate-limits.ts';

/** Requests a minute from one address (of IPv6: from one network, of which a client has all), whoever they say they are. */
const PER_ADDRESS = 6_000;
/** Requests a minute of one member of the platform's staff. */
const PER_STAFF = 600;

/** Bounds what one address sends, before anything is looked up for it. */
export function limitAddress(limits: RateLimits): MiddlewareHandler<Env> {
  return async (c, next) => {
    const address = c.get('origin').ipAddress;
    if (address) spend(c, limits, `address\0${networkOf(address)}`, PER_ADDRESS);
    await next();
  };
}

/** Bounds what one session or key sends, and what its organization sends in all, by the plan. */
export function limitPrincipal(limits: RateLimits): MiddlewareHandler<Env> {
  return async (c, next) => {
    const who = c.get('who');
    const most = who.limits.requestsPerMinute;
    spend(c, limits, `credential\0${who.credentialId}`, most);
    spend(c, limits, `organization\0${who.organizationId}`, most);
    await next();
  };
}

/** Bounds what one session of the platform's staff sends: reads past all tenants are dear. */
export function limitStaff(limits: RateLimits): MiddlewareHandler<Env> {
  return async (c, next) => {
    spend(c, limits, `staff\0${c.get('person').userId}`, PER_STAFF);
    await next();
  };
}

/** Counts one request. The answer tells of the bound counted last, or of the one that refuses. */
function spend(c: Context<Env>, limits: RateLimits, bucket: string, most: number): void {
  const { used, resetSeconds } = limits.count(bucket);
  c.header('ratelimit-limit', String(most));
  c.header('ratelimit-remaining', String(Math.max(0, most - used)));
  c.header('ratelimit-reset', String(resetSeconds));
  if (used <= most) return;
  c.header('retry-after', String(resetSeconds));
  throw new Refusal(
    'too-many',
    'RATE_LIMITED',
    `More than ${most.toLocaleString('en-US')} requests came in this minute.`,
    `Wait ${resetSeconds} s, or spread the requests; a higher plan allows more.`,
  );
}
