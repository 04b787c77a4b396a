import type { ClientBase } from 'pg';
import { quoteIdent as q, quoteLiteral } from '../../../database/quote.ts';
import { notOfExtension, OWN_SCHEMA } from '../../checks/facts/names.ts';
import { signContext } from '../../context.ts';
import { STRANGER } from '../actors.ts';
import type { Subject, TablePlan } from '../plan.ts';
import type { Probe } from '../probe.ts';
import {
  type BesideTable,
  besideOfTenants,
  deletionBeside,
  idsBeside,
  stateOfBeside,
  textsBeside,
} from '../subject/beside.ts';
import { ofTenants } from '../subject/tables.ts';

/** A function that somebody may call. */
export interface CallableFunction {
  readonly name: string;
  readonly definer: boolean;
  readonly trigger: boolean;
  readonly types: readonly string[];
  readonly source: string;
}

export async function readCallables(client: ClientBase): Promise<CallableFunction[]> {
  const { rows } = await client.query<CallableFunction>(`
    SELECT n.nspname || '.' || p.proname AS name, p.prosecdef AS definer, p.prorettype = 'trigger'::regtype AS trigger, p.prosrc AS source,
      ARRAY(SELECT format_type(t, NULL) FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY u (t, i) ORDER BY i) AS types
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE p.prokind = 'f' AND ${OWN_SCHEMA} AND ${notOfExtension('pg_proc', 'p.oid')} ORDER BY 1`);
  return rows;
}

const NOBODY = '0190a000-0000-7000-8000-00000000dead';

/**
 * Calls every function with ids of another tenant, in each place that takes an id. What comes out must be the same
 * as for an id that does not exist; the calls change nothing of ours.
 */
export async function functionProbes(
  client: ClientBase,
  subject: Subject,
  plans: ReadonlyMap<string, TablePlan>,
): Promise<Probe[]> {
  const { tenants, people, key, boundary } = subject;
  const mine = people.ours[0] ?? '';
  const sign = (user: string) =>
    `SELECT app.set_context('${signContext({ organization: tenants.theirs, user, role: 'OWNER' }, key, 86_400)}')`;
  // Truly an owner, for functions that look the role up.
  const enter = sign(people.owners.theirs);
  const beside = await besideOfTenants(client, subject);
  const oursBeside = await idsBeside(client, beside, tenants.ours);
  const victims = new Set([tenants.ours, mine, ...idsOf(subject, plans), ...oursBeside]);
  const besideProbes = await probesBeside(client, beside, tenants.ours);
  const texts = await textsBeside(client, beside, tenants.ours);
  const functions = (await readCallables(client)).filter(
    (f) => !/^app\.(set_context|current_|is_org_admin|uuid_v7)/.test(f.name),
  );
  const samples = await sampleValues(client, functions, oursBeside);
  const base = { family: 'functions', role: boundary.roles.app, actor: 'another tenant', enter };
  // Two calls that make something make two ids; only ours must not be among them.
  const seen = `regexp_replace(f::text, '(?!${[tenants.ours, ...oursBeside].join('|')})[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}', 'id', 'g')`;
  const columns = await textColumns(client, subject);
  return functions.flatMap((f): Probe[] => {
    const argument = (type: string, variant: Variant) => {
      if (type === 'text' && variant.text !== undefined) return variant.text;
      if (type === 'text[]' && variant.text !== undefined) return `ARRAY[${variant.text}]`;
      if (type === 'integer' && variant.number !== undefined) return variant.number;
      return samples.get(type) ?? `NULL::${type}`;
    };
    const callWith = (variant: Variant) =>
      `SELECT ${seen} AS seen FROM ${f.name}(${f.types.map((type) => argument(type, variant)).join(', ')}) f`;
    const call = (place: number, id: string) =>
      `SELECT f::text AS seen FROM ${f.name}(${f.types.map((type, i) => (i === place ? `'${id}'::uuid` : (samples.get(type) ?? `NULL::${type}`))).join(', ')}) f`;
    const stranger: Probe = {
      ...base,
      object: f.name,
      operation: 'call by a stranger',
      role: STRANGER,
      actor: 'a stranger',
      enter: '',
      // The schema is closed to strangers as well; here the function alone has to be.
      prepare: `GRANT USAGE ON SCHEMA app TO ${STRANGER}`,
      // Not nulls: of a strict function with nulls the planner makes null without asking for the privilege.
      statement: `SELECT ${f.name}(${f.types.map((t) => (t === 'uuid' ? `'${NOBODY}'::uuid` : (samples.get(t) ?? `NULL::${t}`))).join(', ')})`,
      expect: { refused: '42501', says: /permission denied for function/ },
    };
    if (f.trigger)
      return [
        {
          ...stranger,
          role: boundary.roles.app,
          actor: 'the application',
          operation: 'call',
          expect: { either: [{ refused: '42501' }, { refused: '0A000' }] },
        },
      ];
    const sampled = (variant: Variant): Probe => ({
      ...base,
      object: f.name,
      operation: 'call with values that rows of ours carry',
      statement: callWith(variant),
      expect: { not: NEVER },
    });
    const ofText = f.types.some((t) => t === 'text' || t === 'text[]');
    const numbers = f.types.includes('integer') ? ['2026', '1'] : [undefined];
    const variants = (ofText ? [...texts.map(quoteLiteral), 'NULL::text'] : [undefined]).flatMap((text) =>
      numbers.map((number): Variant => ({ ...(text ? { text } : {}), ...(number ? { number } : {}) })),
    );
    const places = f.types.flatMap((t, i) => (t === 'uuid' ? [i] : []));
    return [
      stranger,
      ...variants.flatMap((variant) => besideProbes(sampled(variant))),
      ...(/app\.current_organization_id\(\)/.test(f.source) && /app\.current_user_id\(\)/.test(f.source)
        ? [
            {
              ...base,
              object: f.name,
              operation: 'call by an owner of ours in another tenant',
              actor: 'the same person in another tenant',
              enter: sign(people.owners.ours),
              statement: callWith({}),
              // That he is one must not count there.
              otherwise: `SET LOCAL session_replication_role = 'replica'; ${people.owners.dismiss}; SET LOCAL session_replication_role = 'origin'`,
              expect: { not: NEVER },
            } satisfies Probe,
          ]
        : []),
      ...(ofText ? columns.filter((c) => c.reads.test(f.source)) : []).map(
        ({ text }): Probe => ({
          ...base,
          object: f.name,
          operation: 'call with a text of ours',
          statement: callWith({ text }),
          instead: callWith({ text: "'no such text'" }),
          expect: { not: NEVER },
        }),
      ),
      ...places.flatMap((place) =>
        [...victims].map(
          (id): Probe => ({
            ...base,
            object: f.name,
            operation: 'call with another tenant’s id',
            statement: call(place, id),
            instead: call(place, NOBODY),
            expect: {
              either: [
                { rows: 0 },
                { rows: 1 },
                { refused: '42501' },
                { refused: '23503' },
                { refused: '23514' },
              ],
            },
          }),
        ),
      ),
    ];
  });
}

/** Arguments, as SQL, in place of the samples of their type. */
interface Variant {
  readonly text?: string;
  readonly number?: string;
}

/** No error has this SQLSTATE: what a call answers is judged by what it tells apart and touches alone. */
const NEVER = 'LA000';

/** Of one call: it goes the same way whether or not rows of ours stand beside the schema, and it leaves them as they are. */
async function probesBeside(
  client: ClientBase,
  beside: readonly BesideTable[],
  ours: string,
): Promise<(call: Probe) => Probe[]> {
  const state = stateOfBeside(beside, ours);
  if (!state) return () => [];
  const { rows } = await client.query<{ before: string | null }>(`SELECT ${state} AS before`);
  const before = rows[0]!.before;
  const without = `SET LOCAL session_replication_role = 'replica'; ${beside.map((t) => deletionBeside(t, ours)).join('; ')}; SET LOCAL session_replication_role = 'origin'`;
  return (call) => [
    { ...call, otherwise: without },
    {
      ...call,
      afterwards: `SELECT 'changed' AS gone WHERE ${state} IS DISTINCT FROM ${before === null ? 'NULL' : quoteLiteral(before)}`,
    },
  ];
}

/** Some ids of ours from every table of tenants. */
function idsOf(subject: Subject, plans: ReadonlyMap<string, TablePlan>): string[] {
  return subject.tables.filter(ofTenants).flatMap((t) => {
    const rows = plans.get(t.label)?.targets[0]?.rows.filter((r) => r.tenant === subject.tenants.ours) ?? [];
    return rows.slice(0, 4).flatMap((r) => (JSON.parse(r.json) as { id?: string }).id ?? []);
  });
}

/** From every column of texts one that only ours has, with what tells whether a function reads the table. */
async function textColumns(
  client: ClientBase,
  { tables, tenants }: Subject,
): Promise<{ reads: RegExp; text: string }[]> {
  const found: { reads: RegExp; text: string }[] = [];
  for (const table of tables) {
    // Addresses of tenants are one name space, and a row of the root is no secret of a row.
    if (!ofTenants(table) || table.model.scope === 'tenant-root') continue;
    const reads = new RegExp(`\\bpublic\\.${table.label}\\b`);
    for (const { name } of table.columns.filter((c) => c.type === 'text')) {
      const { rows } = await client.query<{ text: string }>(
        `SELECT ${q(name)} AS text FROM ${table.sql} t WHERE ${q(table.tenantKey!)} = $1 AND ${q(name)} IS NOT NULL
           AND NOT EXISTS (SELECT FROM ${table.sql} o WHERE o.${q(table.tenantKey!)} = $2 AND o.${q(name)} = t.${q(name)})
         ORDER BY 1 LIMIT 1`,
        [tenants.ours, tenants.theirs],
      );
      if (rows[0]) found.push({ reads, text: quoteLiteral(rows[0].text) });
    }
  }
  return found;
}

/** A harmless value of each type that functions take. */
async function sampleValues(
  client: ClientBase,
  functions: readonly CallableFunction[],
  ids: readonly string[],
): Promise<Map<string, string>> {
  const values = new Map<string, string>([
    ['text', "'attack'::text"],
    ['text[]', "ARRAY['attack']"],
    ['uuid[]', `ARRAY[${ids.map(quoteLiteral).join(', ')}]::uuid[]`],
    // No digest of ours: digests are of secrets, and who has the secret has the row.
    ['bytea', "sha256('no secret of ours')"],
    ['integer', '2026'],
    ['bigint', '1'],
    ['timestamp with time zone', "now() + interval '1 day'"],
    ['jsonb', "'{}'::jsonb"],
    ['boolean', 'false'],
  ]);
  for (const type of new Set(functions.flatMap((f) => f.types)))
    if (!values.has(type) && type !== 'uuid') {
      const { rows } = await client.query<{ label: string }>(
        'SELECT enumlabel AS label FROM pg_enum WHERE enumtypid = $1::regtype ORDER BY enumsortorder LIMIT 1',
        [type],
      );
      if (rows[0]) values.set(type, `${quoteLiteral(rows[0].label)}::${type}`);
    }
  return values;
}
