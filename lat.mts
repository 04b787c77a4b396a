import { PrismaPg } from '@prisma/adapter-pg'; import { readFileSync } from 'node:fs'; import pg from 'pg';
import { PrismaClient } from './src/generated/prisma/client.ts';
import { openTenancy, readGenerated, signContext } from './src/tenancy/index.ts';
import { median } from './benchmarks/timing.ts';
const w:any = JSON.parse(readFileSync('/tmp/world.json','utf8'));
const key={id:1,secret:Buffer.alloc(32,7)};
const tenant = (i:number) => w.tenants[(i * 37) % w.tenants.length]!;
const t1 = openTenancy({ client: (options) => new PrismaClient(options), boundary: readGenerated('.').boundary, url: w.urls.app, keys: { signing: () => key }, connections: 8 });
const plain = new PrismaClient({ adapter: new PrismaPg({ connectionString: w.urls.bare, max: 8 }) });
const args = { take: 20, orderBy: { name: 'asc' as const } };
const cache = w.tenants.map((t:string)=>t1.for({ organizationId: t, userId: t, role: 'OWNER' }));
const app=new pg.Client(w.urls.app); await app.connect(); const bare=new pg.Client(w.urls.bare); await bare.connect();
const { BoundQuery } = await import('./src/tenancy/client/bound-query.ts');
const cols='id,organization_id,name,email,phone,company,position,type::text,status::text,notes,tags,custom_fields,linkedin_url,twitter_url,preferred_contact_method,assigned_to_id,last_contact_at,archived_at,created_at,updated_at';
const sql=`SELECT ${cols} FROM public.contacts WHERE organization_id = $1 ORDER BY name ASC LIMIT $2 OFFSET $3`;
const toks = w.tenants.map((o:string)=>signContext({organization:o,user:o,role:'OWNER'},key,3000));
const bq=(i:number,name?:string)=>new Promise((res,rej)=>app.query(new BoundQuery({text:sql,values:[tenant(i),20,0],rowMode:'array',...(name?{name}:{})} as any,{token:toks[(i*37)%1000],prepared:true},(e,r)=>e?rej(e):res(r)) as any));
const runs:any={
 'plain prisma':(i:number)=>plain.contact.findMany({ ...args, where: { organizationId: tenant(i) } }),
 'bound cached':(i:number)=>cache[(i*37)%1000].contact.findMany(args),
 'for+find':(i:number)=>t1.for({ organizationId: tenant(i), userId: tenant(i), role: 'OWNER' }).contact.findMany(args),
 'pg bare':(i:number)=>bare.query({text:sql,values:[tenant(i),20,0],rowMode:'array'}),
 'pg bare named':(i:number)=>bare.query({name:'a',text:sql,values:[tenant(i),20,0],rowMode:'array'}),
 'bq':(i:number)=>bq(i),
 'bq named':(i:number)=>bq(i,'b'),
};
for (let r=0;r<3;r++) for (const k in runs){ const ts:number[]=[]; for(let i=0;i<500;i++){const s=performance.now(); await runs[k](i); ts.push(performance.now()-s);} if(r) console.log(k.padEnd(16),median(ts).toFixed(3)); }
await plain.$disconnect(); await t1.close(); await app.end(); await bare.end();
