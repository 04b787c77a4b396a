import type { Operation } from '../annotations.ts';
import type { Boundary, BoundaryModel } from '../boundary.ts';
import type { TenantContext } from '../context.ts';

/** What may be asked of a row: to see it, to write it as new, to change it, to have changed it, to delete it. */
export type Question = 'select' | 'insert' | 'update' | 'updated' | 'delete';

/**
 * The declared condition under which `role` may do this to a row, with the context written in as literals: it does not
 * call the functions that verify a context, so it says what should be, whatever these functions do.
 */
export function declaredCondition(
  model: BoundaryModel,
  role: string,
  question: Question,
  context: TenantContext,
): string {
  const operation: Operation = question === 'updated' ? 'update' : question;
  const policies = model.policies.filter(
    (p) => p.roles.includes(role) && (p.operation === operation || p.operation === 'all'),
  );
  const side = question === 'insert' || question === 'updated' ? 'check' : 'using';
  const texts = (permissive: boolean) =>
    policies.filter((p) => p.permissive === permissive).map((p) => `(${p[side] ?? p.using ?? 'true'})`);
  const [allowing, floors] = [texts(true), texts(false)];
  if (allowing.length === 0) return 'false';
  return withLiterals([`(${allowing.join(' OR ')})`, ...floors].join(' AND '), context);
}

/** Replaces the verified readers of the context by what they return. */
export function withLiterals(sql: string, { organization, user, role }: TenantContext): string {
  const text = (value: string | undefined, type: string) => (value ? `'${value}'::${type}` : `NULL::${type}`);
  const values: Record<string, string> = {
    current_organization_id: text(organization, 'uuid'),
    current_user_id: text(user, 'uuid'),
    current_org_role: text(role, 'text'),
    is_org_admin: String(role === 'OWNER' || role === 'ADMIN'),
  };
  return sql.replace(/\bapp\.(\w+)\(\)/g, (call, name: string) => values[name] ?? call);
}

/**
 * The tables that a condition reads besides its own, as common table expressions that hold what the role may see of
 * them: a sub-select in a policy is itself under row security. Empty where there are none.
 */
export function visibleTables(
  boundary: Boundary,
  conditions: readonly string[],
  role: string,
  context: TenantContext,
): string {
  const found = new Map<string, string>();
  const visit = (sql: string) => {
    for (const [, table] of sql.matchAll(/\b(?:from|join)\s+(\w+)/gi)) {
      const model = boundary.models.find((m) => m.table === table);
      if (!model || found.has(model.table)) continue;
      const condition = declaredCondition(model, role, 'select', context);
      found.set(model.table, '');
      visit(condition);
      found.delete(model.table);
      found.set(model.table, `SELECT * FROM public.${model.table} WHERE ${condition}`);
    }
  };
  conditions.forEach(visit);
  return found.size === 0 ? '' : `WITH ${[...found].map(([t, sql]) => `${t} AS (${sql})`).join(', ')} `;
}

/** Whether a condition depends on the context at all, so that a context that is not valid must be refused. */
export function readsContext(model: BoundaryModel, role: string, operation: Operation): boolean {
  return model.policies.some(
    (p) =>
      p.roles.includes(role) &&
      (p.operation === operation || p.operation === 'all') &&
      /\bapp\.(current_|is_)\w+\(/.test(`${p.using ?? ''} ${p.check ?? ''}`),
  );
}

/** Columns that the policies of a role compare with the current user. */
export function userColumns(model: BoundaryModel, role: string): string[] {
  const text = model.policies
    .filter((p) => p.roles.includes(role))
    .map((p) => `${p.using ?? ''} ${p.check ?? ''}`)
    .join(' ');
  const found = [...text.matchAll(/\b(\w+) = \(select app\.current_user_id\(\)\)/gi)].map((m) => m[1]!);
  return [...new Set(found)];
}

/**
 * Values that make a row meet the simple parts of its declared conditions: `status = 'PENDING'`, `x IS NULL`, `NOT y`,
 * `status IN ('DRAFT', …)`. Parts joined by OR are left alone.
 */
export function wantedValues(
  model: BoundaryModel,
  role: string,
  operation: 'insert' | 'update',
): Record<string, unknown> {
  const wanted: Record<string, unknown> = {};
  for (const policy of model.policies)
    if (policy.roles.includes(role) && policy.operation === operation && policy.check)
      Object.assign(wanted, simpleParts(policy.check));
  return wanted;
}

/** See {@link wantedValues}, of one condition. */
export function simpleParts(condition: string): Record<string, unknown> {
  const wanted: Record<string, unknown> = {};
  for (const part of condition.split(/\s+AND\s+/i)) {
    const equal = /^(\w+) = (?:'(\w*)'|(\d+))$/.exec(part);
    const among = /^(\w+) IN \('(\w+)'/i.exec(part);
    const absent = /^(\w+) IS NULL$/i.exec(part);
    const not = /^NOT (\w+)$/i.exec(part);
    if (equal) wanted[equal[1]!] = equal[2] ?? Number(equal[3]);
    else if (among) wanted[among[1]!] = among[2];
    else if (absent) wanted[absent[1]!] = null;
    else if (not) wanted[not[1]!] = false;
  }
  return wanted;
}
