import { ZenStackClient } from '@zenstackhq/orm';
import { PostgresDialect } from '@zenstackhq/orm/dialects/postgres';
import { PolicyPlugin } from '@zenstackhq/plugin-policy';
import pg from 'pg';
import { CONNECTIONS, PAGE, tenantOf } from '../contenders.ts';
import type { World } from '../world.ts';
import { GENERATED } from './install.ts';
import type { Rival } from './rival.ts';

/**
 * ZenStack 3, whose policies are added to the SQL by the application; the role passes over row security. A client is kept for
 * each tenant, which costs less than `$setAuth` for each request.
 */
export async function zenstackPolicies(world: World): Promise<Rival> {
  const { schema } = await import(GENERATED.href);
  const pool = new pg.Pool({ connectionString: world.urls.bare, max: CONNECTIONS });
  const db = new ZenStackClient(schema, { dialect: new PostgresDialect({ pool }) }).$use(new PolicyPlugin());
  const clients = new Map<string, typeof db>();
  return {
    name: 'ZenStack 3, access policies',
    run: (index) => {
      const organizationId = tenantOf(world, index);
      const client = clients.get(organizationId) ?? db.$setAuth({ organizationId });
      clients.set(organizationId, client);
      return client.contact.findMany(PAGE);
    },
    stop: () => db.$disconnect(),
  };
}
