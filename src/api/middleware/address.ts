import { isIP } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import type { Env } from '../env.ts';

/** The address of the client, undefined where there is no connection (a test that calls the app as a function). */
export type AddressOf = (c: Context<Env>) => string | undefined;

/** Whether a program of this machine asks by itself. What a proxy passes on comes from wherever, and says so. */
export function isLocal(c: Context<Env>): boolean {
  if (['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'via'].some((name) => c.req.header(name)))
    return false;
  const { ipAddress } = c.get('origin');
  return ipAddress === undefined || ipAddress === '::1' || ipAddress.startsWith('127.');
}

/**
 * The peer's address, or behind `proxies` trusted proxies the entry of X-Forwarded-For that the outermost of them wrote.
 * What stands before it was said by the client and proves nothing.
 */
export function clientAddress(proxies: number): AddressOf {
  return (c) => {
    if (proxies > 0) {
      const hops = (c.req.header('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim());
      const hop = hops.at(-proxies);
      if (hop && isIP(hop)) return hop;
    }
    try {
      const { address } = getConnInfo(c).remote;
      return address?.startsWith('::ffff:') ? address.slice(7) : address;
    } catch {
      return undefined;
    }
  };
}
