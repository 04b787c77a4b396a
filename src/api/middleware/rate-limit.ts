import type { Context, MiddlewareHandler } from 'hono';
import { networkOf } from '../../auth/index.ts';
import { Refusal } from '../../errors.ts';
import type { Env } from '../env.ts';
import type { Counted, RateLimits } from '../rate-limits.ts';

/** Requests a minute from one address (of IPv6: from one network, of which a client has all), whoever they say they are. */
const PER_ADDRESS = 6_000;
/** Requests a minute of one member of the platform's staff. */
const PER_STAFF = 600;

/** Bounds what one address sends, before anything is looked up for it. */
export function limitAddress(limits: RateLimits): MiddlewareHandler<Env> {
  return async (c, next) => {
    const address = c.get('origin').ipAddress;
    if (address) answerTo(c, PER_ADDRESS, limits.count(`address\0${networkOf(address)}`));
    await next();
  };
}

/** Bounds what one session or key sends, and what its organization sends in all, by the plan. */
export function limitPrincipal(limits: RateLimits): MiddlewareHandler<Env> {
  return async (c, next) => {
    const who = c.get('who');
    const own = limits.count(`credential\0${who.credentialId}`);
    const all = limits.count(`organization\0${who.organizationId}`);
    answerTo(c, who.limits.requestsPerMinute, own.used > all.used ? own : all);
    await next();
  };
}

/** Bounds what one session of the platform's staff sends: reads past all tenants are dear. */
export function limitStaff(limits: RateLimits): MiddlewareHandler<Env> {
  return async (c, next) => {
    answerTo(c, PER_STAFF, limits.count(`staff\0${c.get('person').userId}`));
    await next();
  };
}

/** Tells what is left of a bound, in place of what a wider one told. @throws Refusal `RATE_LIMITED` */
function answerTo(c: Context<Env>, most: number, { used, resetSeconds }: Counted): void {
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
