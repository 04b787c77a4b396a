import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from '../../../src/generated/prisma/client.ts';
import { CONNECTIONS, PAGE, tenantOf } from '../contenders.ts';
import type { World } from '../world.ts';
import type { Rival } from './rival.ts';

/** Whether the adapter prepares its statements under names, as its option `statementNameGenerator` allows. */
interface PrismaOptions {
  readonly prepared?: boolean;
}

/** Prisma with the tenant in the `where`, by a role that row security does not touch. */
export function prismaPlain(world: World, { prepared = false }: PrismaOptions = {}): Rival {
  const prisma = open(world.urls.bare, 'public', prepared);
  return {
    name: titled('Prisma, plain where', prepared),
    run: (index) => prisma.contact.findMany({ ...PAGE, where: { organizationId: tenantOf(world, index) } }),
    stop: () => prisma.$disconnect(),
  };
}

/**
 * Prisma's own example of row-level security (prisma/prisma-client-extensions, row-level-security): each call is a batch of
 * the setting and the query. An extended client is kept for each tenant, which costs less than one for each request.
 */
export function prismaExtension(world: World, { prepared = false }: PrismaOptions = {}): Rival {
  const prisma = open(world.urls.app, 'rival', prepared);
  const clients = new Map<string, ReturnType<typeof forTenant>>();
  return {
    name: titled('Prisma, row-level-security extension', prepared),
    run: (index) => {
      const tenant = tenantOf(world, index);
      const client = clients.get(tenant) ?? forTenant(prisma, tenant);
      clients.set(tenant, client);
      return client.contact.findMany(PAGE);
    },
    stop: () => prisma.$disconnect(),
  };
}

function forTenant(prisma: PrismaClient, tenant: string) {
  const extension = Prisma.defineExtension({
    query: {
      $allModels: {
        async $allOperations({ args, query }) {
          const setting = prisma.$executeRaw`SELECT set_config('app.tenant', ${tenant}, TRUE)`;
          const [, result] = await prisma.$transaction([
            setting,
            query(args) as Prisma.PrismaPromise<unknown>,
          ]);
          return result;
        },
      },
    },
  });
  return prisma.$extends(extension);
}

function open(url: string, schema: string, prepared: boolean): PrismaClient {
  const names = new Map<string, string>();
  const nameOf = (sql: string) => {
    const name = names.get(sql) ?? createHash('sha256').update(sql).digest('hex').slice(0, 32);
    names.set(sql, name);
    return name;
  };
  const pool = { connectionString: url, max: CONNECTIONS };
  return new PrismaClient({
    adapter: new PrismaPg(pool, {
      schema,
      ...(prepared ? { statementNameGenerator: ({ sql }: { sql: string }) => nameOf(sql) } : {}),
    }),
  });
}

const titled = (name: string, prepared: boolean) => (prepared ? `${name}, prepared statements` : name);
