import type { ClientBase } from 'pg';
import type { Boundary, Roles } from '../../boundary.ts';
import type { Facts } from './facts.ts';
import { boundarySchemas } from './models.ts';
import {
  CHANGE_CHANNEL,
  CONTEXT_KEYS,
  HISTORY,
  isOurs,
  LABEL,
  notOfExtension,
  OWN_SCHEMA,
  TENANT_EVENTS,
} from './names.ts';
import { applicationRoles } from './roles.ts';

export interface LiveTable {
  readonly label: string;
  readonly schema: string;
  /** r table, p partitioned table, v view, m materialized view, f foreign table. */
  readonly kind: 'r' | 'p' | 'v' | 'm' | 'f';
  readonly owner: string;
  readonly enabled: boolean;
  readonly forced: boolean;
  readonly options: readonly string[];
  /** Label of the table that it is a partition of, or inherits from. */
  readonly parent: string | null;
}

/** Relations of all schemas but the server's own. */
export async function readTables(client: ClientBase): Promise<LiveTable[]> {
  const { rows } = await client.query<LiveTable>(`
    SELECT ${LABEL} AS label, n.nspname AS schema, c.relkind AS kind, pg_get_userbyid(c.relowner) AS owner,
      c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced, coalesce(c.reloptions, '{}') AS options,
      (SELECT CASE WHEN pn.nspname = 'public' THEN p.relname ELSE pn.nspname || '.' || p.relname END
       FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
       WHERE i.inhrelid = c.oid ORDER BY i.inhseqno LIMIT 1) AS parent
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${OWN_SCHEMA} AND ${notOfExtension('pg_class', 'c.oid')}
    ORDER BY 1`);
  return rows;
}

/** Tables in which rows of tenants stand or could stand: all in the schemas of the boundary but Prisma's own history. */
export function guardedTables(tables: readonly LiveTable[], boundary: Boundary): LiveTable[] {
  const schemas = boundarySchemas(boundary);
  return tables.filter(
    (t) => ['r', 'p'].includes(t.kind) && schemas.includes(t.schema) && t.label !== HISTORY,
  );
}

/**
 * Whether tenants are concerned: all of public and app, and what the application can reach elsewhere. Another schema may
 * be another program's own.
 */
export async function concerned(facts: Facts, roles: Roles): Promise<(table: LiveTable) => boolean> {
  const users = new Set([...applicationRoles(roles), 'public']);
  const reached = new Set((await facts.privileges()).filter((p) => users.has(p.grantee)).map((p) => p.table));
  return (table) => isOurs(table.label) || reached.has(table.label);
}

/** Whether no model has to declare it. */
export function isOwn(label: string): boolean {
  return [HISTORY, CONTEXT_KEYS, TENANT_EVENTS, CHANGE_CHANNEL].includes(label);
}
