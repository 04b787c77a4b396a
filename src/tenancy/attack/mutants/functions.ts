import type { ClientBase } from 'pg';
import { quoteIdent as q } from '../../../database/quote.ts';
import { readFunctions } from '../../checks/facts/functions.ts';
import { ofTenants } from '../subject/tables.ts';
import type { Mutant, MutantSource } from './mutant.ts';

const CONTEXT = /context|functions|traps/;

/** Readers of the context that believe too much, definer functions that trust their caller, views and triggers. */
export async function functionMutants(client: ClientBase, source: MutantSource): Promise<Mutant[]> {
  const table = source.suite.subject.tables.find(ofTenants)!;
  const functions = await readFunctions(client);
  const bodies = new Map(
    (
      await client.query<{ name: string; text: string; trigger: boolean; silent: boolean }>(
        `SELECT n.nspname || '.' || p.proname AS name, pg_get_functiondef(p.oid) AS text, p.prorettype = 'trigger'::regtype AS trigger,
         p.prorettype = 'void'::regtype AND p.prosrc !~* '\\m(INSERT|UPDATE|DELETE|MERGE)\\M' AS silent
       FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname IN ('app', 'public') AND p.prokind = 'f'`,
      )
    ).rows.map((r) => [r.name, r]),
  );
  const edit = (name: string, says: string, from: RegExp, to: string): Mutant[] => {
    const text = bodies.get(name)?.text;
    const changed = text?.replace(from, to);
    if (!changed || changed === text) return [];
    return [{ name: `${name}: ${says}`, kind: 'functions', sql: changed, stages: CONTEXT }];
  };
  const readers = [
    'app.current_organization_id',
    'app.current_user_id',
    'app.current_org_role',
    'app.is_org_admin',
  ];
  const own = functions.filter(
    (f) =>
      !readers.includes(f.name) && !/\.(set_context|uuid_v7)$/.test(f.name) && !bodies.get(f.name)?.trigger,
  );
  // A function that returns nothing and writes no row, as one that only tells workers of a row, gives an attack nothing by
  // which to see whom it asks; what it sets off repeats what the rows say. The page names this among the limits.
  const heard = own.filter((f) => !bodies.get(f.name)?.silent);
  return [
    ...readers.flatMap((r) => [
      ...edit(
        r,
        'does not compare the signature',
        /outer_key IS NOT NULL\s+AND right\(token, 65\) = [^\n]*/,
        'true',
      ),
      ...edit(r, 'does not look at the expiry', /AND to_timestamp\([^\n]*> now\(\)/, ''),
      ...edit(r, 'accepts retired keys', /AND \(k\.expires_at IS NULL OR k\.expires_at > now\(\)\)/, ''),
      ...edit(r, 'accepts any key id', /k\.id::pg_catalog\.text = split_part\(token, '\.', 4\)/, 'k.id = 1'),
      ...edit(
        r,
        'shows nothing instead of refusing',
        /RAISE EXCEPTION 'the tenant context is not valid'[\s\S]*?key\.';/,
        'RETURN NULL;',
      ),
      ...edit(r, 'takes the caller’s search_path', / SET search_path TO [^\n]*/, ''),
      ...edit(r, 'runs with the caller’s rights', /SECURITY DEFINER/, 'SECURITY INVOKER'),
    ]),
    ...edit('app.set_context', 'lets the tenant change', /IF held <> ''/, "IF false AND held <> ''"),
    ...edit('app.set_context', 'accepts nothing as a context', /IF token IS NULL OR token = ''/, 'IF false'),
    ...edit('app.set_context', 'forgets the context', /SET LOCAL app\.context/, 'SET LOCAL app.other'),
    {
      name: 'app.set_context: for everybody',
      kind: 'functions',
      sql: 'GRANT EXECUTE ON FUNCTION app.set_context(text) TO PUBLIC',
      stages: CONTEXT,
    },
    {
      name: 'app.current_organization_id: for everybody',
      kind: 'functions',
      sql: 'GRANT EXECUTE ON FUNCTION app.current_organization_id() TO PUBLIC',
      stages: CONTEXT,
    },
    ...heard.flatMap((f) =>
      edit(
        f.name,
        'does not ask for the tenant',
        /[\w.]+ = (?:\(SELECT app\.current_organization_id\(\)\)|app\.current_organization_id\(\))/gi,
        'true',
      ),
    ),
    ...heard
      .filter((f) => /\(\w/.test(f.signature))
      .flatMap((f) =>
        edit(f.name, 'lets everybody pass for the platform', /NOT app\.called_by_platform\(\)/g, 'false'),
      ),
    ...own
      .filter((f) => f.definer && f.callers.length > 0)
      .flatMap((f): Mutant[] => [
        {
          name: `${f.name}: for everybody`,
          kind: 'functions',
          sql: `GRANT EXECUTE ON FUNCTION ${f.signature} TO PUBLIC`,
          stages: /functions/,
        },
        {
          name: `${f.name}: takes the caller’s search_path`,
          kind: 'functions',
          sql: `ALTER FUNCTION ${f.signature} RESET search_path`,
          stages: /traps|inventory/,
        },
      ]),
    {
      name: 'a definer function that trusts its argument',
      kind: 'functions',
      sql: `CREATE FUNCTION app.attack_count(tenant uuid) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = '' AS 'SELECT count(*) FROM ${table.sql} WHERE ${q(table.tenantKey!)} = tenant';
        GRANT EXECUTE ON FUNCTION app.attack_count(uuid) TO ${source.roles.app}`,
      stages: /inventory/,
    },
  ];
}

/** Views that show too much, and triggers that are missing, off, or somebody else’s. */
export async function viewAndTriggerMutants(client: ClientBase, source: MutantSource): Promise<Mutant[]> {
  const { app, platform } = source.roles;
  const table = source.suite.subject.tables.find(ofTenants)!;
  const views = (
    await client.query<{ name: string; text: string }>(
      "SELECT c.oid::regclass::text AS name, pg_get_viewdef(c.oid) AS text FROM pg_class c WHERE c.relkind = 'v' AND c.relnamespace IN ('public'::regnamespace, 'app'::regnamespace)",
    )
  ).rows;
  const triggers = (
    await client.query<{ name: string; relation: string }>(
      'SELECT tgname AS name, tgrelid::regclass::text AS relation FROM pg_trigger WHERE NOT tgisinternal ORDER BY 2, 1',
    )
  ).rows;
  const view = (name: string, sql: string): Mutant => ({
    name,
    kind: 'views',
    sql,
    stages: /view|barrier|inventory/,
  });
  const trigger = (name: string, sql: string): Mutant => ({
    name,
    kind: 'triggers',
    sql,
    stages: /inventory/,
  });
  const first = triggers[0];
  const last = triggers.at(-1);
  return [
    ...views.flatMap(({ name, text }) => [
      view(`${name}: without its barrier`, `ALTER VIEW ${name} RESET (security_barrier)`),
      view(`${name}: reads as the platform`, `ALTER VIEW ${name} OWNER TO ${platform}`),
      view(`${name}: reads as a superuser`, `ALTER VIEW ${name} OWNER TO CURRENT_USER`),
      view(
        `${name}: without its condition`,
        `CREATE OR REPLACE VIEW ${name} AS ${text.replace(/\s+WHERE[\s\S]*$/i, '')}`,
      ),
      view(`${name}: reads as the caller`, `ALTER VIEW ${name} SET (security_invoker)`),
      view(`${name}: for everybody`, `GRANT SELECT ON ${name} TO PUBLIC`),
      view(`${name}: written by the application`, `GRANT INSERT, UPDATE, DELETE ON ${name} TO ${app}`),
    ]),
    ...(first && last
      ? [
          trigger(
            `${first.relation}: ${first.name} disabled`,
            `ALTER TABLE ${first.relation} DISABLE TRIGGER ${q(first.name)}`,
          ),
          trigger(
            `${last.relation}: ${last.name} dropped`,
            `DROP TRIGGER ${q(last.name)} ON ${last.relation}`,
          ),
        ]
      : []),
    {
      ...trigger(
        `${table.label}: a trigger that moves new rows to another tenant`,
        `CREATE FUNCTION public.attack_move() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $f$ BEGIN NEW.${q(table.tenantKey!)} := '${source.suite.subject.tenants.theirs}'; RETURN NEW; END $f$;
         CREATE TRIGGER attack_move BEFORE INSERT ON ${table.sql} FOR EACH ROW EXECUTE FUNCTION public.attack_move()`,
      ),
      table: table.label,
      stages: /none/,
    },
    trigger(
      `${table.label}: a rule that writes elsewhere`,
      `CREATE RULE attack AS ON DELETE TO ${table.sql} DO INSTEAD NOTHING`,
    ),
  ];
}
