import type { ClientBase } from 'pg';
import { signContext } from '../../context.ts';
import type { Subject } from '../plan.ts';
import type { Probe } from '../probe.ts';
import type { Stage } from '../session.ts';
import { readCallables } from './functions.ts';

const LAB = 'attack_lab';
/** SQLSTATE of a function or operator of the attacker's that somebody was made to run. */
export const SPRUNG = 'LA001';

/**
 * A schema of the attacker's, first in the search_path, with a trap in place of every built-in function and operator
 * that the functions of the boundary use: none may run it with its own rights.
 */
export async function shadowStage(client: ClientBase, subject: Subject): Promise<Stage> {
  const { boundary, tenants, people, key } = subject;
  const functions = (await readCallables(client)).filter((f) => !f.trigger);
  const words = new Set(
    functions.flatMap((f) => [...f.source.matchAll(/\b([a-z_0-9]+)\s*\(/g)].map((m) => m[1]!)),
  );
  const { app } = boundary.roles;
  const enter = `SELECT app.set_context('${signContext({ organization: tenants.ours, user: people.ours[0]!, role: 'OWNER' }, key, 86_400)}'); SET LOCAL search_path = ${LAB}, pg_catalog, public`;
  return {
    name: 'a search_path of traps',
    change: `CREATE SCHEMA ${LAB}; GRANT USAGE ON SCHEMA ${LAB} TO PUBLIC; ${trapSql([...words])}`,
    probes: [
      {
        family: 'search path',
        object: LAB,
        operation: 'trap',
        actor: app,
        role: app,
        enter,
        control: true,
        statement: "SELECT 'a'::text = 'b'::text",
        expect: { refused: SPRUNG },
      },
      ...functions.map(
        (f): Probe => ({
          family: 'search path',
          object: f.name,
          operation: 'call through a search_path of traps',
          actor: app,
          role: app,
          enter,
          statement: `SELECT * FROM ${f.name}(${f.types.map((t) => (t === 'uuid' ? `'${people.ours[0]}'::uuid` : t === 'text' ? "'attack'::text" : `NULL::${t}`)).join(', ')})`,
          expect: { not: SPRUNG },
        }),
      ),
    ],
  };
}

/** SQL that makes the traps; what cannot be written down, such as functions of pseudo-types, is left out. */
function trapSql(words: readonly string[]): string {
  return `DO $make$
    DECLARE f record;
    BEGIN
      FOR f IN SELECT p.proname, pg_get_function_identity_arguments(p.oid) AS args, pg_get_function_result(p.oid) AS result
        FROM pg_proc p WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind = 'f' AND p.proname = ANY (ARRAY[${words.map((w) => `'${w}'`).join(', ')}])
      LOOP
        BEGIN
          EXECUTE format('CREATE FUNCTION ${LAB}.%I(%s) RETURNS %s LANGUAGE plpgsql AS $f$ BEGIN RAISE ''sprung'' USING ERRCODE = ''${SPRUNG}''; END $f$', f.proname, f.args, f.result);
        EXCEPTION WHEN OTHERS THEN NULL;
        END;
      END LOOP;
      CREATE FUNCTION ${LAB}.same(uuid, uuid) RETURNS boolean LANGUAGE plpgsql AS $f$ BEGIN RAISE 'sprung' USING ERRCODE = '${SPRUNG}'; END $f$;
      CREATE FUNCTION ${LAB}.same(text, text) RETURNS boolean LANGUAGE plpgsql AS $f$ BEGIN RAISE 'sprung' USING ERRCODE = '${SPRUNG}'; END $f$;
      CREATE OPERATOR ${LAB}.= (FUNCTION = ${LAB}.same, LEFTARG = uuid, RIGHTARG = uuid);
      CREATE OPERATOR ${LAB}.= (FUNCTION = ${LAB}.same, LEFTARG = text, RIGHTARG = text);
      EXECUTE 'GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${LAB} TO PUBLIC';
    END $make$`;
}
