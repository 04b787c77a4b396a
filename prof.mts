import { PrismaPg } from '@prisma/adapter-pg'; import { readFileSync } from 'node:fs';
import { PrismaClient } from './src/generated/prisma/client.ts';
import { openTenancy, readGenerated } from './src/tenancy/index.ts';
import { alternate } from './benchmarks/tenancy/rounds.ts'; import { median } from './benchmarks/timing.ts';
const w:any = JSON.parse(readFileSync('/tmp/world.json','utf8'));
const key={id:1,secret:Buffer.alloc(32,7)};
const plain = new PrismaClient({ adapter: new PrismaPg({ connectionString: w.urls.bare, max: 8 }) });
const opts = (o={}) => openTenancy({ client: (options) => new PrismaClient(options), boundary: readGenerated('.').boundary, url: w.urls.app, keys: { signing: () => key }, connections: 8, ...o });
const t1 = opts(), t2 = opts({ preparedStatements: 0 });
const tenant = (i:number) => w.tenants[(i * 37) % w.tenants.length]!;
const args = { take: 20, orderBy: { name: 'asc' as const } };
const cs:any = [
 { name: 'plain', run: (i:number) => plain.contact.findMany({ ...args, where: { organizationId: tenant(i) } }) },
 { name: 'bound', run: (i:number) => t1.for({ organizationId: tenant(i), userId: tenant(i), role: 'OWNER' }).contact.findMany(args) },
 { name: 'unprepared', run: (i:number) => t2.for({ organizationId: tenant(i), userId: tenant(i), role: 'OWNER' }).contact.findMany(args) },
 { name: 'noop-for', run: async (i:number) => t1.for({ organizationId: tenant(i), userId: tenant(i), role: 'OWNER' }) },
];
const which=(process.argv[2]??'').split(',').filter(Boolean);
const list=which.length?cs.filter((c:any)=>which.includes(c.name)):cs;
const figs = await alternate(list, {rounds:+(process.argv[3]??5)});
for (const f of figs) console.log(f.name.padEnd(20), median(f.latency).toFixed(3), 'ms', (median(f.latency)/median(figs[0]!.latency)).toFixed(2)+'x', Math.round(median(f.throughput)), '/s', (median(f.throughput)/median(figs[0]!.throughput)).toFixed(2)+'x');
await plain.$disconnect(); await t1.close(); await t2.close();
