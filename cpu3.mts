import { PrismaPg } from '@prisma/adapter-pg'; import { readFileSync } from 'node:fs'; import { Session } from 'node:inspector/promises';
import { PrismaClient } from './src/generated/prisma/client.ts';
import { openTenancy, readGenerated } from './src/tenancy/index.ts';
const w:any = JSON.parse(readFileSync('/tmp/world.json','utf8'));
const key={id:1,secret:Buffer.alloc(32,7)};
const tenant = (i:number) => w.tenants[(i * 37) % w.tenants.length]!;
const t1 = openTenancy({ client: (options) => new PrismaClient(options), boundary: readGenerated('.').boundary, url: w.urls.app, keys: { signing: () => key }, connections: 8 });
const plain = new PrismaClient({ adapter: new PrismaPg({ connectionString: w.urls.bare, max: 8 }) });
const args = { take: 20, orderBy: { name: 'asc' as const } };
const runs:any={ plain:(i:number)=>plain.contact.findMany({ ...args, where: { organizationId: tenant(i) } }), bound:(i:number)=>t1.for({ organizationId: tenant(i), userId: tenant(i), role: 'OWNER' }).contact.findMany(args)};
for (const k of ['plain','bound']) for (let i=0;i<2500;i++) await runs[k](i);
const s=new Session(); s.connect(); await s.post('Profiler.enable'); await s.post('Profiler.setSamplingInterval',{interval:250});
const R:any={};
for (const k of ['plain','bound','plain','bound']) { await s.post('Profiler.start'); for (let i=0;i<3000;i++) await runs[k](i); const {profile}:any=await s.post('Profiler.stop');
 const self=R[k]??=new Map<string,number>(); const dt=profile.timeDeltas; const byId=new Map<any,any>(profile.nodes.map((n:any)=>[n.id,n])); profile.samples.forEach((id:any,i:number)=>{const n=byId.get(id); const f=n.callFrame; const kk=f.functionName+' '+f.url.split('/').slice(-2).join('/')+':'+f.lineNumber+':'+f.columnNumber; self.set(kk,(self.get(kk)??0)+dt[i]/6000);}); }
const keys=new Set([...R.plain.keys(),...R.bound.keys()]);
for (const [kk,d] of [...keys].map(k=>[k,(R.bound.get(k)??0)-(R.plain.get(k)??0)] as any).sort((a,b)=>b[1]-a[1]).slice(0,36)) console.log(d.toFixed(1).padStart(7), (R.plain.get(kk)??0).toFixed(1).padStart(7), (R.bound.get(kk)??0).toFixed(1).padStart(7), kk);
await plain.$disconnect(); await t1.close();
