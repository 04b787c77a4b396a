import type { ClientBase } from 'pg';
import { OWN_SCHEMA } from '../../checks/facts/names.ts';
import type { Subject } from '../plan.ts';
import type { Probe } from '../probe.ts';
import { otherRoles } from './rights.ts';

/** A sequence counts for all tenants at once, so nobody but its owner may read or move it. */
export async function sequenceProbes(
  client: ClientBase,
  { boundary }: Subject,
  superuser: string,
): Promise<Probe[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'S' AND ${OWN_SCHEMA} ORDER BY 1`,
  );
  const roles = otherRoles(boundary.roles);
  const reachable = `SELECT format('%I', c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, unnest(ARRAY[${roles.map((r) => `'${r}'`).join(', ')}]) r
    WHERE c.relkind = 'S' AND ${OWN_SCHEMA} AND has_sequence_privilege(r, c.oid, 'USAGE, SELECT, UPDATE')`;
  return [
    {
      family: 'sequences',
      object: 'every sequence',
      operation: 'privileges',
      actor: 'every role',
      role: superuser,
      enter: '',
      statement: reachable,
      expect: { rows: 0 },
    },
    ...rows.flatMap(({ name }) =>
      roles.map(
        (role): Probe => ({
          family: 'sequences',
          object: name,
          operation: 'nextval',
          actor: role,
          role,
          enter: '',
          statement: `SELECT nextval('${name}')`,
          expect: { refused: '42501' },
        }),
      ),
    ),
  ];
}
