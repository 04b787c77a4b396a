import { quoteIdent as q, quoteLiteral } from '../../database/quote.ts';
import type { Boundary } from '../boundary.ts';
import { emitPieces, rolesSql } from '../emit.ts';
import type { Bond } from './bonds.ts';
import { guardFunction, guardTrigger, qualified } from './guards.ts';
import type { Proposal } from './proposal.ts';
import { tenantKey } from './tenant-keys.ts';

/** One migration: the words of its name, and its SQL. */
export interface AdoptionStep {
  readonly name: string;
  readonly sql: string;
}

const NOTE = `-- Written by \`lotline adopt\`. Prisma sends this file as one query, which PostgreSQL runs whole or not at all;
-- by hand: psql --single-transaction -f migration.sql`;

/** Roles and context functions. They belong to the owner role of the boundary, the tables stay whose they are. */
export function contextStep(boundary: Boundary): AdoptionStep {
  const { platform } = boundary.roles;
  const sql = `${NOTE}
-- The role that runs this becomes a member of ${platform} and sees all rows as before; so a running application goes on
-- until its tenants' requests come in as ${boundary.roles.app}.

${rolesSql(boundary.roles)}

${emitPieces(boundary, [])
  .before.map((p) => p.sql)
  .join('\n\n')}
GRANT USAGE ON SCHEMA app TO SESSION_USER;

RESET ROLE;
GRANT ${platform} TO CURRENT_USER;
`;
  return { name: 'tenant-context', sql };
}

/** Row security, grants and guards: nothing is scanned, no table is rewritten. */
export function boundaryStep(
  boundary: Boundary,
  proposals: readonly Proposal[],
  bonds: readonly Bond[],
): AdoptionStep {
  const { owner, app, platform } = boundary.roles;
  const known = new Map(proposals.map((p) => [p.table.model, p]));
  const guarded = groupByTable(bonds.filter((b) => b.kind === 'guard'));
  const schemas = [...new Set(boundary.models.flatMap((m) => m.schema ?? []))];
  const rows = emitPieces(boundary, []).after.filter((p) => p.section === 'Row security' && p.sql !== '');
  const functions = guarded.map(([table, own]) => guardFunction(table, own, known));
  const parts = [
    NOTE,
    ...(functions.length > 0
      ? [
          '-- Guards, as the owner of the schema app',
          `SET LOCAL ROLE ${owner};\nSET LOCAL check_function_bodies = off;`,
          ...functions,
          'GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA app TO SESSION_USER;\nRESET ROLE;',
        ]
      : []),
    ...(schemas.length > 0
      ? [`GRANT USAGE ON SCHEMA ${schemas.map(q).join(', ')} TO ${app}, ${platform};`]
      : []),
    '-- Row security',
    ...rows.map((p) => p.sql),
    ...(functions.length > 0 ? ['-- Guards where no key can carry the tenant'] : []),
    ...guarded.map(([table, own]) => guardTrigger(table, own)),
    sequenceGrants(proposals, [app, platform]),
  ];
  return { name: 'tenant-boundary', sql: `${parts.filter((p) => p !== '').join('\n\n')}\n` };
}

/** Columns that count up need their sequence. */
function sequenceGrants(proposals: readonly Proposal[], roles: readonly string[]): string {
  const numbered = proposals.flatMap(({ table }) =>
    table.columns
      .filter((c) => c.generated && /^(int|bigint|smallint)$/.test(c.type))
      .map((c) => [qualified(table), c.column]),
  );
  if (numbered.length === 0) return '';
  const list = numbered.map(([t, c]) => `    (${quoteLiteral(t!)}, ${quoteLiteral(c!)})`).join(',\n');
  return `-- Counters: reading them tells how many rows there are, writing needs them
DO $$
DECLARE
  counter text;
BEGIN
  FOR counter IN SELECT pg_catalog.pg_get_serial_sequence(t, c) FROM (VALUES
${list}
  ) AS numbered (t, c) LOOP
    IF counter IS NOT NULL THEN
      EXECUTE pg_catalog.format('GRANT USAGE ON SEQUENCE %s TO ${roles.join(', ')}', counter);
    END IF;
  END LOOP;
END $$;`;
}

/** Composite keys, in two steps: made without looking at the rows, then validated without blocking writers. */
export function keySteps(bonds: readonly Bond[]): AdoptionStep[] {
  const keys = bonds.filter((b) => b.kind === 'composite').map(tenantKey);
  if (keys.length === 0) return [];
  const uniques = [...new Map(keys.map((k) => [k.unique.name, k.unique])).values()];
  const add = `${NOTE}
-- Making an index keeps writers waiting. On large tables run these first, one by one and outside of a transaction;
-- what is there already is skipped below:
${uniques.map((u) => `--   ${u.concurrently}`).join('\n')}

${uniques.map((u) => u.sql).join('\n')}

-- NOT VALID: binds what is written from now on; the rows that are there are looked at in the next migration.
${keys.map((k) => k.add).join('\n')}
`;
  const validate = `${NOTE}
-- Fails where rows cross tenants today; crossing-rows.sql finds them. Readers and writers go on meanwhile.

${keys.map((k) => k.validate).join('\n')}
`;
  return [
    { name: 'tenant-keys', sql: add },
    { name: 'tenant-keys-validated', sql: validate },
  ];
}

function groupByTable(bonds: readonly Bond[]): [Proposal['table'], Bond[]][] {
  const groups = new Map<Proposal['table'], Bond[]>();
  for (const bond of bonds) groups.set(bond.from.table, [...(groups.get(bond.from.table) ?? []), bond]);
  return [...groups];
}
