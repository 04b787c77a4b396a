import type { Boundary } from '../../tenancy/index.ts';

type BoundaryModel = Boundary['models'][number];

/**
 * Columns that a new row must have the acting person in, or that name its author: a policy of INSERT compares them with the
 * current user as a condition of its own, or the schema calls them `…_by_id` or `author_id` and wants a value.
 */
export function forcedFields(m: BoundaryModel, roles: Boundary['roles'], role: string): ReadonlySet<string> {
  if (role !== roles.app) return new Set();
  const conditions = m.policies
    .filter(
      (p) => p.permissive && p.roles.includes(role) && (p.operation === 'insert' || p.operation === 'all'),
    )
    .flatMap((p) => conjuncts(p.check ?? ''));
  const found = m.columns.filter((c) => {
    if (c.type !== 'uuid' || c.list) return false;
    const own = conditions.some(
      (x) => /^(\S+) = \(select app\.current_user_id\(\)\)$/.exec(x)?.[1] === c.column,
    );
    return own || (!c.nullable && c.default === undefined && /(_by_id|^author_id)$/.test(c.column));
  });
  return new Set(found.map((c) => c.column));
}

/** The conditions that AND joins at the outermost level. */
function conjuncts(sql: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const word of sql.split(/(\(|\)|\s+AND\s+)/)) {
    if (word === '(') depth += 1;
    if (word === ')') depth -= 1;
    if (depth === 0 && /^\s+AND\s+$/.test(word)) parts.push('');
    else parts[parts.length - 1] += word;
  }
  return parts;
}
