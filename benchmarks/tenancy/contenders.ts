import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '../../src/generated/prisma/client.ts';
import { projectRoot } from '../../src/root.ts';
import { openTenancy, readGenerated, type Tenancy } from '../../src/tenancy/index.ts';
import type { Contender } from './rounds.ts';
import type { World } from './world.ts';

export const CONNECTIONS = 8;

export function bareClient({ urls }: World): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: urls.bare, max: CONNECTIONS }) });
}

export function boundTenancy(world: World): Tenancy<PrismaClient> {
  return openTenancy({
    client: (options) => new PrismaClient(options),
    boundary: readGenerated(projectRoot()).boundary,
    url: world.urls.app,
    keys: { signing: () => world.key },
    connections: CONNECTIONS,
  });
}

type Client = Pick<PrismaClient, 'contact' | 'deal' | 'lead' | '$transaction'>;

/** The tenant of a call: neighbours in time are not neighbours in the table. */
export const tenantOf = ({ tenants }: World, index: number): string =>
  tenants[(index * 37) % tenants.length]!;

/** The page that every comparison of reading asks for. */
export const PAGE = { take: 20, orderBy: { name: 'asc' } } as const;

/** The same work said twice: with a plain `where` by a client without row security, and by a bound client. */
export interface Work {
  readonly name: string;
  run(client: Client, organizationId: string, index: number): Promise<unknown>;
}

/** Both sides of a work, the unscoped one first. Both are given the tenant; the bound client needs it only for keys. */
export function bothSides(
  world: World,
  bare: PrismaClient,
  tenancy: Tenancy<PrismaClient>,
  work: Work,
): Contender[] {
  const bound = (organizationId: string) =>
    tenancy.for({ organizationId, userId: organizationId, role: 'OWNER' });
  return [
    { name: 'Prisma, plain where, no row security', run: (i) => work.run(bare, tenantOf(world, i), i) },
    { name: 'Lotline, bound client', run: (i) => work.run(bound(tenantOf(world, i)), tenantOf(world, i), i) },
  ];
}

export const READ: Work = {
  name: 'findMany of 20 rows',
  run: async (client, organizationId) => {
    const rows = await client.contact.findMany({ ...PAGE, where: { organizationId } });
    if (rows.length !== 20) throw new Error(`${rows.length} rows instead of 20`);
  },
};

/** The writes and loads; `ids` holds a contact and a deal of each tenant. */
export function works(ids: ReadonlyMap<string, { contact: string; deal: string }>): Work[] {
  const key = (organizationId: string, id: string) => ({ organizationId_id: { organizationId, id } });
  return [
    {
      name: 'create one row',
      run: (client, organizationId, i) => client.lead.create({ data: { organizationId, name: `Lead ${i}` } }),
    },
    {
      name: 'update by id',
      run: (client, organizationId, i) =>
        client.contact.update({
          where: key(organizationId, ids.get(organizationId)!.contact),
          data: { position: `Position ${i}` },
        }),
    },
    {
      name: 'interactive transaction of 5 statements',
      run: (client, organizationId, i) =>
        client.$transaction(async (tx) => {
          const { contact, deal } = ids.get(organizationId)!;
          await tx.contact.findUniqueOrThrow({ where: key(organizationId, contact) });
          await tx.deal.findMany({ where: { organizationId, contactId: contact } });
          await tx.deal.update({ where: key(organizationId, deal), data: { probability: i % 100 } });
          await tx.lead.create({ data: { organizationId, name: `Lead ${i}` } });
          await tx.contact.update({ where: key(organizationId, contact), data: { notes: `Note ${i}` } });
        }),
    },
    {
      name: 'relation load of two levels',
      run: async (client, organizationId) => {
        const rows = await client.contact.findMany({
          take: 20,
          orderBy: { id: 'asc' },
          where: { organizationId },
          include: { deals: { include: { contact: true } } },
        });
        if (rows.reduce((n, r) => n + r.deals.length, 0) !== 40) throw new Error('deals are missing');
      },
    },
  ];
}
