/** The columns a scope names: the person's, the tenant's, or those that lead to a parent. */
export interface ScopeArgument {
  readonly user?: string;
  readonly tenant?: string;
}

/**
 * Reads `tenant(tenant)`, `identity(user)`, `tenant-user(user[, tenant])` and `tenant-or-user(user[, tenant])`. Without a
 * tenant's column the relation to the tenant root says which it is.
 */
export function scopeArgument(scope: string, argument: string | undefined): ScopeArgument {
  const [first, second] = (argument ?? '').split(',').map((name) => name.trim());
  if (scope === 'tenant') return first ? { tenant: first } : {};
  if (!['identity', 'tenant-user', 'tenant-or-user'].includes(scope) || !first) return {};
  return { user: first, ...(second ? { tenant: second } : {}) };
}

/** One way from a row to the row it belongs to. Without a foreign key the table is named: `a_id -> accounts`. */
export interface ParentWay {
  readonly columns: readonly string[];
  readonly table?: string;
}

/** Reads `child(a_id | b_id, c_id -> table)`: the ways are alternatives, each of one or more columns. */
export function parentWays(argument: string): ParentWay[] {
  return argument.split('|').map((way) => {
    const [columns = '', table] = way.split('->').map((part) => part.trim());
    return {
      columns: columns
        .split(',')
        .map((c) => c.trim())
        .filter((c) => c !== ''),
      ...(table ? { table } : {}),
    };
  });
}
