import { listQuery, sortParams } from '../../src/api/data/list-query.ts';
import { dataModels } from '../../src/api/data/model.ts';
import { PrismaClient } from '../../src/generated/prisma/client.ts';
import { projectRoot } from '../../src/root.ts';
import { openTenancy, readGenerated } from '../../src/tenancy/index.ts';
import { type LoadResult, underLoad } from './load.ts';
import type { BenchPerson } from './people.ts';

/** What the process beside the server is told: the same page, through the tenant client, without HTTP. */
export interface ClientOrder {
  readonly url: string;
  readonly key: { readonly id: number; readonly secret: string };
  readonly people: readonly BenchPerson[];
}

export interface ClientRound {
  /** By Prisma, or by the very statement that the data API asks. */
  readonly by: 'findMany' | '$read';
  readonly inFlight: number;
  readonly seconds: number;
}

const order = await new Promise<ClientOrder>((resolve) =>
  process.once('message', (o) => resolve(o as ClientOrder)),
);
const key = { id: order.key.id, secret: Buffer.from(order.key.secret, 'hex') };
const { boundary } = readGenerated(projectRoot());
const tenancy = openTenancy({
  client: (options) => new PrismaClient(options),
  boundary,
  url: order.url,
  keys: { signing: () => key },
});
const contacts = dataModels({ boundary, rules: [] }).get('contacts')!;
const statements = new Map(
  order.people.map(({ organizationId }) => [organizationId, statementOf(organizationId)]),
);
let next = 0;
process.on('message', (message: ClientRound | 'cpu') => {
  if (message === 'cpu') return void process.send?.(process.cpuUsage());
  const { by, inFlight, seconds } = message;
  void underLoad(inFlight, seconds, async () => {
    const { organizationId, userId, address } = order.people[next++ % order.people.length]!;
    const db = tenancy.for({ organizationId, userId, role: 'OWNER', origin: { ipAddress: address } });
    if (by === 'findMany') {
      const page = { take: 50, orderBy: { id: 'asc' }, omit: { organizationId: true } } as const;
      return (await db.contact.findMany(page)).length === 50;
    }
    const { sql, statement } = statements.get(organizationId)!;
    // One more than the page, which tells whether there is another.
    return (await db.$read(sql, statement.values)).length === 51;
  }).then((result: LoadResult) => process.send?.(result));
});
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true });

function statementOf(organizationId: string) {
  const asker = { organizationId, userId: undefined, mayRead: () => true, mayWrite: () => false };
  return listQuery(asker, contacts, sortParams([['limit', '50']]));
}
