import { PrismaPg } from '@prisma/adapter-pg'; import { readFileSync } from 'node:fs';
import { PrismaClient } from './src/generated/prisma/client.ts';
import { openTenancy, readGenerated } from './src/tenancy/index.ts';
import { median } from './benchmarks/timing.ts';
const w:any = JSON.parse(readFileSync('/tmp/world.json','utf8'));
const key={id:1,secret:Buffer.alloc(32,7)};
const tenant = (i:number) => w.tenants[(i * 37) % w.tenants.length]!;
const t1 = openTenancy({ client: (options) => new PrismaClient(options), boundary: readGenerated('.').boundary, url: w.urls.app, keys: { signing: () => key }, connections: 8 });
const plain = new PrismaClient({ adapter: new PrismaPg({ connectionString: w.urls.bare, max: 8 }) });
const args = { take: 20, orderBy: { name: 'asc' as const } };
const runs:any={ plain:(i:number)=>plain.contact.findMany({ ...args, where: { organizationId: tenant(i) } }), bound:(i:number)=>t1.for({ organizationId: tenant(i), userId: tenant(i), role: 'OWNER' }).contact.findMany(args)};
const out:any={plain:[],bound:[]}, wall:any={plain:[],bound:[]};
for (let r=0;r<12;r++) for (const k of ['plain','bound']) { const c0=process.cpuUsage(); const ts=[]; for (let i=0;i<500;i++) {const s=performance.now(); const rr=await runs[k](i+r*500); if(rr.length!==20) throw new Error(k+rr.length); ts.push(performance.now()-s);} const c=process.cpuUsage(c0); if (r>2) {out[k].push((c.user+c.system)/500); wall[k].push(median(ts)*1000);} }
for (const k of ['plain','bound']) console.log(k,'cpu µs/call',median(out[k]).toFixed(0),'min',Math.min(...out[k]).toFixed(0),'| wall median',median(wall[k]).toFixed(0),'min',Math.min(...wall[k]).toFixed(0));
await plain.$disconnect(); await t1.close();
