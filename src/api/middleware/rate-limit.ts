import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { Refusal } from '../../errors.ts';
import type { Env } from '../env.ts';
import type { RateLimits } from '../rate-limits.ts';

/** Requests a minute from one address, whoever they say they are. */
const PER_ADDRESS = 6_000;
/** Requests a minute of one member of the platform's staff. */
const PER_STAFF = 600;

/** Bounds what one address sends, before anything is looked up for it. */
export function limitAddress(limits: RateLimits): MiddlewareHandler<Env> {
  return async (c, next) => {
    const address = c.get('origin').ipAddress;
    if (address)
      spend(limits, bucketOf('address', address), PER_ADDRESS, (name, value) => c.header(name, value));
    await next();
  };
}

/** Bounds what one session or key sends, and what its organization sends in all, by the plan. */
export function limitPrincipal(limits: RateLimits): MiddlewareHandler<Env> {
  return async (c, next) => {
    const who = c.get('who');
    const most = who.limits.requestsPerMinute;
    spend(limits, bucketOf('credential', who.credentialId), most, (name, value) => c.header(name, value));
    spend(limits, bucketOf('organization', who.organizationId), most, (name, value) => c.header(name, value));
    await next();
  };
}

/** Bounds what one session of the platform's staff sends: reads past all tenants are dear. */
export function limitStaff(limits: RateLimits): MiddlewareHandler<Env> {
  return async (c, next) => {
    const bucket = bucketOf('staff', c.get('person').userId);
    spend(limits, bucket, PER_STAFF, (name, value) => c.header(name, value));
    await next();
  };
}

function spend(
  limits: RateLimits,
  bucket: string,
  most: number,
  header: (name: string, value: string) => void,
): void {
  const { used, resetSeconds } = limits.count(bucket);
  header('ratelimit-limit', String(most));
  header('ratelimit-remaining', String(Math.max(0, most - used)));
  header('ratelimit-reset', String(resetSeconds));
  if (used <= most) return;
  header('retry-after', String(resetSeconds));
  throw new Refusal(
    'too-many',
    'RATE_LIMITED',
    `More than ${most.toLocaleString('en-US')} requests came in this minute.`,
    `Wait ${resetSeconds} s, or spread the requests; a higher plan allows more.`,
  );
}

/** Addresses and keys are not stored, only what they hash to. */
const bucketOf = (kind: string, value: string) =>
  createHash('sha256').update(`${kind}\0${value}`).digest('hex');
