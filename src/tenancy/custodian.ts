import type { BoundaryModel, CompileTarget, Grant, Roles } from './boundary.ts';
import { expandTokens } from './expression.ts';
import { cyclic, looseColumn } from './graph.ts';

/**
 * Gives the custodian its policy and privileges on every table of tenants: all rows of the tenant of the signed context,
 * whoever of its users they belong to, and no other, above a floor of the same condition. It exports, imports and erases; the tables of people and of the
 * platform are none of its business.
 */
export function withCustodian(
  models: readonly BoundaryModel[],
  roles: Roles,
  target: CompileTarget,
): BoundaryModel[] {
  const tenants = models.filter((m) => tenantKeyOf(m) !== undefined);
  const edges = tenants.flatMap((m) =>
    m.foreignKeys.map((f) => ({ from: m.table, to: f.targetTable, columns: f.columns })),
  );
  const closing = cyclic(
    tenants.map((m) => m.table),
    edges,
  );
  return models.map((model) => {
    const key = tenantKeyOf(model);
    if (key === undefined) return model;
    const own = expandTokens('ORG', key, target);
    const mayBeNull = (column: string) => model.columns.some((c) => c.column === column && c.nullable);
    const open = closing
      .filter((e) => e.from === model.table)
      .flatMap((e) => looseColumn(e.columns, mayBeNull) ?? []);
    const columns = [...new Set(open)];
    const bound = { operation: 'all' as const, roles: [roles.custodian], using: own, check: own };
    const grants: Grant[] = [
      ...(['select', 'insert', 'delete'] as const).map((privilege) => ({ role: roles.custodian, privilege })),
      // A reference that closes a cycle is written in a second pass, when its target is there.
      ...(columns.length > 0 ? [{ role: roles.custodian, privilege: 'update' as const, columns }] : []),
    ];
    return {
      ...model,
      policies: [
        ...model.policies,
        { ...bound, name: `${model.table}_custodian`, permissive: true },
        { ...bound, name: `${model.table}_custodian_floor`, permissive: false },
      ],
      grants: [...model.grants, ...grants],
    };
  });
}

function tenantKeyOf(model: BoundaryModel): string | undefined {
  return model.scope === 'tenant-root' ? 'id' : model.tenantColumn;
}

/**
 * A trigger that does not fire for the custodian: rows that were checked and stamped when they were first written come
 * back as they were. A trigger INSTEAD OF on a view takes no condition, and the custodian writes to no view.
 */
export function sparingCustodian(sql: string, custodian: string): string {
  if (/\bINSTEAD\s+OF\b/i.test(sql)) return sql;
  const spared = `current_user <> '${custodian}'`;
  const conditional = /\bWHEN\s*\(([\s\S]*)\)\s*(EXECUTE\s+(?:FUNCTION|PROCEDURE)\b)/i;
  if (conditional.test(sql))
    return sql.replace(
      conditional,
      (_, when: string, rest: string) => `WHEN (${spared} AND (${when}))\n${rest}`,
    );
  return sql.replace(/\bEXECUTE\s+(?:FUNCTION|PROCEDURE)\b/i, (call) => `WHEN (${spared})\n${call}`);
}
