import { loadModule } from 'libpg-query';
import type { ClientBase } from 'pg';
import { parseCondition, type Tree } from './condition.ts';
import { LABEL, OWN_SCHEMA } from './names.ts';

export interface LivePolicy {
  /** `<table>.<policy>` */
  readonly object: string;
  readonly table: string;
  readonly name: string;
  readonly operation: 'select' | 'insert' | 'update' | 'delete' | 'all';
  readonly permissive: boolean;
  /** Role names; `public` stands for everybody. */
  readonly roles: readonly string[];
  readonly using?: Condition;
  readonly check?: Condition;
}

/** A condition as the server prints it, and as its own grammar reads it. */
export interface Condition {
  readonly sql: string;
  readonly tree: Tree;
}

interface Row {
  table: string;
  name: string;
  operation: LivePolicy['operation'];
  permissive: boolean;
  roles: string[];
  using: string | null;
  check: string | null;
}

export async function readPolicies(client: ClientBase): Promise<LivePolicy[]> {
  await loadModule();
  const { rows } = await client.query<Row>(`
    SELECT ${LABEL} AS table, p.polname AS name, p.polpermissive AS permissive,
      CASE p.polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update' WHEN 'd' THEN 'delete' ELSE 'all' END AS operation,
      ARRAY(SELECT CASE r WHEN 0 THEN 'public' ELSE pg_get_userbyid(r)::text END FROM unnest(p.polroles) r ORDER BY 1) AS roles,
      pg_get_expr(p.polqual, p.polrelid) AS using, pg_get_expr(p.polwithcheck, p.polrelid) AS check
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${OWN_SCHEMA} ORDER BY 1, 2`);
  // Most policies say the same, and reading a condition takes longer than asking for it.
  const read = new Map<string, Tree>();
  const condition = (sql: string): Condition => {
    if (!read.has(sql)) read.set(sql, parseCondition(sql));
    return { sql, tree: read.get(sql)! };
  };
  return rows.map(({ using, check, ...row }) => ({
    ...row,
    object: `${row.table}.${row.name}`,
    ...(using === null ? {} : { using: condition(using) }),
    ...(check === null ? {} : { check: condition(check) }),
  }));
}

/** The conditions of a policy, each with the words that introduce it. */
export function conditionsOf(
  policy: LivePolicy,
): (Condition & { readonly clause: 'USING' | 'WITH CHECK' })[] {
  return [
    ...(policy.using ? [{ ...policy.using, clause: 'USING' as const }] : []),
    ...(policy.check ? [{ ...policy.check, clause: 'WITH CHECK' as const }] : []),
  ];
}
