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
  readonly inFlight: number;
  readonly seconds: number;
}

const order = await new Promise<ClientOrder>((resolve) =>
  process.once('message', (o) => resolve(o as ClientOrder)),
);
const key = { id: order.key.id, secret: Buffer.from(order.key.secret, 'hex') };
const tenancy = openTenancy({
  client: (options) => new PrismaClient(options),
  boundary: readGenerated(projectRoot()).boundary,
  url: order.url,
  keys: { signing: () => key },
});
let next = 0;
process.on('message', (message: ClientRound | 'cpu') => {
  if (message === 'cpu') return void process.send?.(process.cpuUsage());
  const { inFlight, seconds } = message;
  void underLoad(inFlight, seconds, async () => {
    const { organizationId, userId, address } = order.people[next++ % order.people.length]!;
    const db = tenancy.for({ organizationId, userId, role: 'OWNER', origin: { ipAddress: address } });
    const rows = await db.contact.findMany({
      take: 50,
      orderBy: { id: 'asc' },
      omit: { organizationId: true },
    });
    return rows.length === 50;
  }).then((result: LoadResult) => process.send?.(result));
});
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true });
