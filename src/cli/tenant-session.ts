import { userInfo } from 'node:os';
import type pg from 'pg';
import { connectTo } from '../database/client.ts';
import { contextKey } from '../database/connect.ts';
import { LotlineError } from '../errors.ts';
import { findOrganization, type OrganizationName } from '../modules/organizations/index.ts';
import { exemptTables, tenantStores } from '../modules/provisioning/index.ts';
import { openStorage } from '../storage/index.ts';
import { readGenerated } from '../tenancy/index.ts';
import type { Lifecycle } from '../tenancy/lifecycle/index.ts';
import { type Session, withSession } from './session.ts';
import { stopSignal } from './stop-signal.ts';

/** What the commands on whole tenants share. */
export interface TenantSession extends Session {
  readonly lifecycle: Lifecycle;
  /** The organization that a person named by id or address. */
  organization(idOrSlug: string): Promise<OrganizationName>;
  /** Work as the platform role, in a connection of its own. */
  platform<T>(work: (client: pg.Client) => Promise<T>): Promise<T>;
}

/** Opens the database for the work on whole tenants; Ctrl-C ends the work and undoes it. */
export function withTenants<T>(json: boolean, work: (session: TenantSession) => Promise<T>): Promise<T> {
  return withSession(json, async (session) => {
    const { root, config, database, progress } = session;
    const stop = stopSignal();
    const controller = new AbortController();
    void stop.received.then(() => controller.abort());
    const platform: TenantSession['platform'] = async (task) => {
      const client = await connectTo(database.urls.platform);
      try {
        return await task(client);
      } finally {
        await client.end();
      }
    };
    try {
      return await work({
        ...session,
        lifecycle: {
          ownerUrl: database.urls.owner,
          key: await contextKey(config, database),
          boundary: readGenerated(root).boundary,
          stores: tenantStores({ storage: openStorage(config.storage) }),
          exempt: exemptTables(),
          onProgress: (step) => progress.step(step),
          signal: controller.signal,
        },
        platform,
        organization: (idOrSlug) => platform((client) => findOrganization(client, idOrSlug)),
      });
    } finally {
      stop.release();
    }
  });
}

/** The option by which a person says who they are; the record keeps it. */
export const BY = {
  type: 'string',
  value: 'name',
  help: 'who asks, for the record; your login name where left out',
} as const;

export function actorOf(by: string | boolean | undefined): string {
  const actor = typeof by === 'string' ? by.trim() : userInfo().username;
  if (actor.length >= 1 && actor.length <= 200) return actor;
  throw new LotlineError('USAGE', '--by needs a name of 1 to 200 characters', 'say who asks');
}

/** 1,234,567 */
export function count(rows: number): string {
  return rows.toLocaleString('en-US');
}

export function bytes(size: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, size > 0 ? Math.floor(Math.log10(size) / 3) : 0);
  return `${(size / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}

/** Rows by table for people: those that hold some, aligned. */
export function tableText(tables: Readonly<Record<string, number>>): string {
  const held = Object.entries(tables).filter(([, rows]) => rows > 0);
  const width = Math.max(0, ...held.map(([table]) => table.length));
  return held.map(([table, rows]) => `  ${table.padEnd(width)}  ${count(rows).padStart(9)}`).join('\n');
}
