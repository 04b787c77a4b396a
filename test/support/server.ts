import { inject } from 'vitest';

export { contextKey, root } from './keys.ts';

/** A server of this test run. */
export interface TestServer {
  readonly version: number;
  /** The superuser on the database `postgres`. */
  readonly superuserUrl: string;
}

export const TEMPLATE = 'lotline_template';
export const PASSWORD = 'test-only';

/** The servers of this run: PostgreSQL 18, and 15 where it is installed. */
export function testServers(): TestServer[] {
  return inject('servers');
}

/** Superuser URLs of the servers of this run, PostgreSQL 18 first. */
export function serverUrls(): string[] {
  return testServers().map((s) => s.superuserUrl);
}

/** The URL of a role on a database of a test server. */
export function urlOf(superuserUrl: string, database: string, role?: string): string {
  const url = new URL(superuserUrl);
  url.pathname = `/${database}`;
  if (role) {
    url.username = role;
    url.password = PASSWORD;
  }
  return url.toString();
}
