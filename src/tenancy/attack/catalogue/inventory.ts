import { quoteLiteral } from '../../../database/quote.ts';
import { notOfExtension, OWN_SCHEMA } from '../../checks/facts/names.ts';
import { changeTriggers } from '../../emit-changes.ts';
import type { SqlObject } from '../../module-sql.ts';
import { STRANGER } from '../actors.ts';
import type { Subject } from '../plan.ts';
import type { Probe } from '../probe.ts';
import { otherRoles } from './rights.ts';

/** What the compiler brings besides the models and the objects of the modules. */
const BROUGHT = {
  relations: ['app.context_keys', 'app.tenant_events', 'app.change_channel', '_prisma_migrations'],
  functions: [
    'set_context',
    'current_organization_id',
    'current_user_id',
    'current_org_role',
    'is_org_admin',
    'uuid_v7',
    'record_changes',
  ].map((f) => `app.${f}`),
};

/**
 * Whether anything stands in the schemas that nobody declared, and therefore nobody attacked: relations, functions,
 * triggers, rules. Then, what the owner makes next is nobody’s until it is granted.
 */
export function inventoryProbes(
  { boundary, tables }: Subject,
  objects: readonly SqlObject[],
  superuser: string,
): Probe[] {
  const named = (kind: SqlObject['kind']) => objects.filter((o) => o.kind === kind);
  const label = "CASE WHEN n.nspname = 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END";
  const except = (rows: string, known: readonly string[]) =>
    `SELECT * FROM (${rows}) found (name) WHERE name NOT IN (${[...known, ''].map(quoteLiteral).join(', ')})`;
  const missing = (rows: string, known: readonly string[]) =>
    `SELECT * FROM unnest(ARRAY[${known.map(quoteLiteral).join(', ')}]::text[]) wanted (name) WHERE name NOT IN (${rows})`;
  const triggers = `SELECT ${label} || '.' || t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT t.tgisinternal AND t.tgenabled = 'O' AND ${OWN_SCHEMA}`;
  const triggerKeys = [
    ...named('trigger').map((o) => o.key.replace(/^trigger (public\.)?/, '')),
    ...boundary.models.flatMap(changeTriggers),
  ];
  const base = {
    family: 'inventory',
    actor: 'a superuser',
    role: superuser,
    enter: '',
    expect: { rows: 0 },
  } as const;
  const list = (object: string, statement: string): Probe => ({
    ...base,
    object,
    operation: 'inventory',
    statement,
  });
  const { owner } = boundary.roles;
  return [
    list(
      'relations',
      except(
        `SELECT ${label} FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${OWN_SCHEMA} AND ${notOfExtension('pg_class', 'c.oid')}`,
        [
          ...tables.map((t) => t.label),
          ...named('view').map((o) => o.name.replace(/^public\./, '')),
          // Beside Prisma's schema: the platform's alone.
          ...named('table').map((o) => o.name),
          ...BROUGHT.relations,
        ],
      ),
    ),
    list(
      'functions',
      except(
        `SELECT n.nspname || '.' || p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${OWN_SCHEMA} AND ${notOfExtension('pg_proc', 'p.oid')}`,
        [...named('function').map((o) => o.key.replace(/^function /, '')), ...BROUGHT.functions],
      ),
    ),
    list('triggers', except(triggers, triggerKeys)),
    list('triggers', missing(triggers, triggerKeys)),
    list(
      'rules',
      `SELECT r.rulename FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace WHERE r.rulename <> '_RETURN' AND ${OWN_SCHEMA}`,
    ),
    // A definer function that takes the caller's search_path runs what the caller put there; rows decide whether a call shows it.
    list(
      'definer functions',
      `SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.prosecdef AND ${OWN_SCHEMA}
      AND NOT EXISTS (SELECT FROM unnest(p.proconfig) s WHERE s ~ '^search_path=(""|pg_catalog, pg_temp)$')`,
    ),
    list(
      'writable views',
      `SELECT c.relname || ' ' || r FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
      unnest(ARRAY[${otherRoles(boundary.roles).map(quoteLiteral).join(', ')}]) r
      WHERE c.relkind = 'v' AND ${OWN_SCHEMA} AND pg_get_userbyid(c.relowner) <> r AND has_table_privilege(r, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')`,
    ),
    list('event triggers', 'SELECT evtname FROM pg_event_trigger'),
    {
      family: 'inventory',
      object: 'a new table',
      operation: 'born closed',
      actor: owner,
      role: owner,
      enter: '',
      statement: 'CREATE TABLE public.attack_born (i int)',
      expect: { rows: 0 },
      afterwards: `SELECT 'open' AS gone FROM unnest(ARRAY['${STRANGER}', '${boundary.roles.app}', '${boundary.roles.ingest}']) r WHERE has_table_privilege(r, 'public.attack_born', 'SELECT, INSERT, UPDATE, DELETE')`,
    },
    {
      family: 'inventory',
      object: 'a new function',
      operation: 'born closed',
      actor: owner,
      role: owner,
      enter: '',
      statement: "CREATE FUNCTION app.attack_born() RETURNS int LANGUAGE sql AS 'SELECT 1'",
      expect: { rows: 0 },
      afterwards: `SELECT 'open' AS gone FROM unnest(ARRAY['${STRANGER}', '${boundary.roles.app}', '${boundary.roles.ingest}']) r WHERE has_function_privilege(r, 'app.attack_born()', 'EXECUTE')`,
    },
  ];
}
