import { readFileSync } from 'node:fs'; import pg from 'pg';
import { signContext } from './src/tenancy/index.ts';
import { median } from './benchmarks/timing.ts';
const w:any = JSON.parse(readFileSync('/tmp/world.json','utf8'));
const key={id:1,secret:Buffer.alloc(32,7)};
const tenant = (i:number) => w.tenants[(i * 37) % w.tenants.length]!;
const app=new pg.Client(w.urls.app); await app.connect(); const bare=new pg.Client(w.urls.bare); await bare.connect();
const sql=`SELECT id,organization_id,name,email FROM public.contacts WHERE organization_id = $1 ORDER BY name ASC LIMIT $2 OFFSET $3`;
const toks = w.tenants.map((o:string)=>signContext({organization:o,user:o,role:'OWNER'},key,3000));
class Q extends (pg as any).Query { pre:any; skip:number; constructor(c:any,pre:any,cb:any){super({...c,queryMode:'extended'},cb);this.pre=pre;this.skip=pre?1:0;}
 prepare(con:any){ if(this.pre){ if(!con.parsedStatements[this.pre.name]) { con.parse({text:this.pre.text,name:this.pre.name}); con.parsedStatements[this.pre.name]=this.pre.text; } con.bind({statement:this.pre.name,values:this.pre.values}); con.execute({portal:''}); } super.prepare(con);} 
 handleDataRow(m:any){ if(!this.skip) super.handleDataRow(m);} handleCommandComplete(m:any,c:any){ if(this.skip){this.skip--;return;} super.handleCommandComplete(m,c);} }
const q=(c:any,pre:any,name:any,i:number)=>new Promise((res,rej)=>c.query(new Q({text:sql,name,values:[tenant(i),20,0],rowMode:'array'},pre,(e:any,r:any)=>e?rej(e):res(r))));
const tk=(i:number)=>toks[(i*37)%1000];
const runs:any={
 'bare unnamed':(i:number)=>q(bare,null,undefined,i),
 'bare named':(i:number)=>q(bare,null,'n1',i),
 'bare named + select 1':(i:number)=>q(bare,{name:'p1',text:'SELECT $1::text',values:['x']},'n1',i),
 'bare named + set_config':(i:number)=>q(bare,{name:'p2',text:"SELECT set_config('app.context',$1,true)",values:[tk(i)]},'n1',i),
 'bare named + set_context':(i:number)=>q(bare,{name:'p3',text:"SELECT app.set_context($1)",values:[tk(i)]},'n1',i),
 'app named + set_config':(i:number)=>q(app,{name:'p2',text:"SELECT set_config('app.context',$1,true)",values:[tk(i)]},'n1',i),
 'app named + set_context':(i:number)=>q(app,{name:'p3',text:"SELECT app.set_context($1)",values:[tk(i)]},'n1',i),
 'app unnamed + set_context':(i:number)=>q(app,{name:'p3',text:"SELECT app.set_context($1)",values:[tk(i)]},undefined,i),
};
const R:any={};
for (let r=0;r<8;r++) for (const k in runs){ const ts:number[]=[]; for(let i=0;i<600;i++){const s=performance.now(); await runs[k](i); ts.push(performance.now()-s);} if(r>1) (R[k]??=[]).push(median(ts)*1000); }
for (const k in R) console.log(k.padEnd(28), median(R[k]).toFixed(0),'min',Math.min(...R[k]).toFixed(0));
await app.end(); await bare.end();
