import { readFileSync } from 'node:fs'; import pg from 'pg';
import { signContext } from './src/tenancy/index.ts';
import { median } from './benchmarks/timing.ts';
const w:any = JSON.parse(readFileSync('/tmp/world.json','utf8'));
const key={id:1,secret:Buffer.alloc(32,7)};
const bare=new pg.Client(w.urls.bare); await bare.connect();
const toks = w.tenants.map((o:string)=>signContext({organization:o,user:o,role:'OWNER'},key,3000));
const body=(set:string)=>`DECLARE held text := current_setting('app.context', true);
BEGIN
  IF token IS NULL OR token = '' THEN RAISE EXCEPTION 'empty' USING ERRCODE = '22004'; END IF;
  IF held <> '' AND split_part(held, '.', 1) <> '' AND split_part(held, '.', 1) <> split_part(token, '.', 1) THEN RAISE EXCEPTION 'another' USING ERRCODE = '25001'; END IF;
  ${set} END`;
await bare.query(`CREATE SCHEMA IF NOT EXISTS v;
CREATE OR REPLACE FUNCTION v.a(token text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$${body("EXECUTE format('SET LOCAL app.context = %L', token);")}$$;
CREATE OR REPLACE FUNCTION v.b(token text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$${body("PERFORM set_config('app.context', token, true);")}$$;
CREATE OR REPLACE FUNCTION v.c(token text) RETURNS void LANGUAGE plpgsql AS $$${body("PERFORM set_config('app.context', token, true);")}$$;
CREATE OR REPLACE FUNCTION v.d(token text) RETURNS void LANGUAGE plpgsql AS $$ DECLARE x text; BEGIN x := set_config('app.context', token, true); END $$;
CREATE OR REPLACE FUNCTION v.noop(token text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN RETURN; END $$;
CREATE OR REPLACE FUNCTION v.noopsp(token text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$ BEGIN RETURN; END $$;
`);
class Q extends (pg as any).Query { pre:any[]; skip:number; constructor(c:any,pre:any,cb:any){super({...c,queryMode:'extended'},cb);this.pre=pre;this.skip=pre.length;}
 prepare(con:any){ for (const p of this.pre){ if(!con.parsedStatements[p.name]) { con.parse({text:p.text,name:p.name}); con.parsedStatements[p.name]=p.text; } con.bind({statement:p.name,values:p.values??[]}); con.execute({portal:''}); } super.prepare(con);} 
 handleDataRow(m:any){ if(!this.skip) super.handleDataRow(m);} handleCommandComplete(m:any,c:any){ if(this.skip){this.skip--;return;} super.handleCommandComplete(m,c);} }
const q=(pre:any)=>new Promise((res,rej)=>bare.query(new Q({text:'SELECT 1',name:'one',values:[],rowMode:'array'},pre,(e:any,r:any)=>e?rej(e):res(r)) as any));
const tk=(i:number)=>toks[(i*37)%1000];
const f=(n:string)=>(i:number)=>q([{name:'f'+n,text:`SELECT ${n}($1)`,values:[tk(i)]}]);
const sc={name:'sc',text:"SELECT set_config('app.context',$1,true)"};
const runs:any={ none:()=>q([]), 'select 1':()=>q([{name:'s1',text:'SELECT 1'}]), set_config:(i:number)=>q([{...sc,values:[tk(i)]}]), current:f('app.set_context'), a:f('v.a'), b:f('v.b'), c:f('v.c'), d:f('v.d'), noop:f('v.noop'), noopsp:f('v.noopsp'),
 'sc+org':(i:number)=>q([{...sc,values:[tk(i)]},{name:'rd',text:'SELECT app.current_organization_id()'}]),
 ...(process.argv[2]? Object.fromEntries(process.argv[2].split(',').map(n=>['sc+'+n,(i:number)=>q([{...sc,values:[tk(i)]},{name:'r'+n,text:`SELECT ${n}()`}])])):{}) };
const R:any={};
for (let r=0;r<9;r++) for (const k in runs){ const ts:number[]=[]; for(let i=0;i<500;i++){const s=performance.now(); await runs[k](i); ts.push(performance.now()-s);} if(r>1) (R[k]??=[]).push(median(ts)*1000); }
for (const k in R) console.log(k.padEnd(28), median(R[k]).toFixed(0),'min',Math.min(...R[k]).toFixed(0));
await bare.end();
