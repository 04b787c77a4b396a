import { readFileSync } from 'node:fs'; import pg from 'pg';
const w:any = JSON.parse(readFileSync('/tmp/world.json','utf8'));
const c=new pg.Client(w.urls.bare); await c.connect();
const D=`DECLARE token pg_catalog.text := current_setting('app.context', true); inner_key pg_catalog.bytea; outer_key pg_catalog.bytea; res pg_catalog.uuid; BEGIN `;
const H=(n:string,body:string,attr='SECURITY DEFINER SET search_path = pg_catalog, pg_temp',lang='plpgsql')=>`CREATE OR REPLACE FUNCTION v.${n}() RETURNS uuid LANGUAGE ${lang} STABLE PARALLEL SAFE ${attr} AS $$ ${body} $$;`;
await c.query([
H('r0',D+`RETURN NULL; END`,''),
H('r1',D+`RETURN NULL; END`),
H('r2',D+`RETURN nullif(split_part(token, '.', 1), '')::pg_catalog.uuid; END`),
H('r3',D+`SELECT k.inner_pad, k.outer_pad INTO inner_key, outer_key FROM app.context_keys k WHERE k.id::pg_catalog.text = split_part(token, '.', 4) AND (k.expires_at IS NULL OR k.expires_at > now());RETURN nullif(split_part(token, '.', 1), '')::pg_catalog.uuid; END`),
H('r3b',D+`SELECT k.inner_pad, k.outer_pad INTO inner_key, outer_key FROM app.context_keys k; RETURN nullif(split_part(token, '.', 1), '')::pg_catalog.uuid; END`),
H('r4',D+`IF right(token, 65) <> '.' || encode(sha256(sha256(convert_to(left(token, -65), 'UTF8'))), 'hex') AND to_timestamp(split_part(token, '.', 5)::pg_catalog.float8) > now() THEN RETURN nullif(split_part(token, '.', 1), '')::pg_catalog.uuid; END IF; END`),
H('r5',D+`SELECT nullif(split_part(token, '.', 1), '')::pg_catalog.uuid INTO res FROM app.context_keys k WHERE k.id::pg_catalog.text = split_part(token, '.', 4) AND (k.expires_at IS NULL OR k.expires_at > now()) AND right(token, 65) = '.' || encode(sha256(k.outer_pad || sha256(k.inner_pad || convert_to(left(token, -65), 'UTF8'))), 'hex') AND to_timestamp(split_part(token, '.', 5)::pg_catalog.float8) > now(); IF FOUND THEN RETURN res; END IF; RAISE EXCEPTION 'no'; END`),
H('r6',`SELECT nullif(split_part(t.token, '.', 1), '')::pg_catalog.uuid FROM app.context_keys k, current_setting('app.context', true) AS t(token) WHERE k.id::pg_catalog.text = split_part(t.token, '.', 4) AND (k.expires_at IS NULL OR k.expires_at > now()) AND right(t.token, 65) = '.' || encode(sha256(k.outer_pad || sha256(k.inner_pad || convert_to(left(t.token, -65), 'UTF8'))), 'hex') AND to_timestamp(split_part(t.token, '.', 5)::pg_catalog.float8) > now()`,undefined,'sql'),
].join('\n'));
await c.end();
