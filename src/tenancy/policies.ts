import { quoteIdent } from '../database/quote.ts';
import { type Annotation, OPERATIONS, type Operation } from './annotations.ts';
import type { CompileTarget, Grant, Policy, Roles } from './boundary.ts';
import { expandTokens } from './expression.ts';
import { scopeArgument } from './scope-argument.ts';

/** What policies are made of: the scope, what differs from it, and the names in play. */
export interface PolicyInput {
  readonly table: string;
  readonly scope: Extract<Annotation, { kind: 'scope' }>;
  readonly rules: readonly Extract<Annotation, { kind: 'allow' | 'deny' }>[];
  /** Column compared by ORG: the tenant column, or the key of the tenant root. */
  readonly tenantKey: string | undefined;
  /** The key of a person's own row, for the scope `identity`. */
  readonly personKey: string;
  /** Of a child: the condition on its parents, in SQL. */
  readonly row?: string;
  readonly columns: readonly string[];
  readonly roles: Roles;
  readonly target: CompileTarget;
}

interface Rule {
  readonly using: string;
  readonly check?: string;
  readonly columns?: readonly string[];
}

/**
 * Policies and privileges of one table. For each role and operation there is either one permissive policy and
 * the privilege, or neither. Under them stands a RESTRICTIVE floor on the tenant for the roles of tenants, so
 * that no policy added later can open the table to another tenant.
 */
export function buildPolicies(input: PolicyInput): { policies: Policy[]; grants: Grant[] } {
  const { table, roles } = input;
  const policies: Policy[] = [...floors(input)];
  const grants: Grant[] = [];

  for (const [role, rules] of resolveRules(input)) {
    for (const operation of OPERATIONS) {
      const rule = rules.get(operation);
      if (!rule) continue;
      policies.push(permissive(policyName(input, role, operation), operation, role, rule, input));
      grants.push({ role, privilege: operation, ...(rule.columns ? { columns: rule.columns } : {}) });
    }
  }

  const denied = new Map(denials(input, 'platform'));
  policies.push({
    name: named(table, '_platform'),
    operation: 'all',
    roles: [roles.platform],
    permissive: true,
    using: 'true',
    check: 'true',
  });
  for (const operation of OPERATIONS) {
    const columns = denied.get(operation);
    if (columns === 'all') continue;
    grants.push({ role: roles.platform, privilege: operation, ...(columns ? { columns } : {}) });
  }
  return { policies, grants };
}

/** Rules by full role name, the platform apart: its policy is the same everywhere. */
function resolveRules(input: PolicyInput): Map<string, Map<Operation, Rule>> {
  const byRole = new Map<string, Map<Operation, Rule>>();
  const rulesOf = (short: string) => {
    const role = `${input.roles.prefix}_${short}`;
    if (!byRole.has(role)) byRole.set(role, new Map());
    return byRole.get(role)!;
  };
  for (const [short, operation, using] of scopeDefaults(input)) rulesOf(short).set(operation, { using });

  for (const rule of input.rules) {
    if (rule.role === 'platform') continue;
    const rules = rulesOf(rule.role);
    for (const { operation, columns } of rule.targets) {
      if (rule.kind === 'allow') {
        rules.set(operation, {
          using: rule.using,
          ...(rule.check && operation === 'update' ? { check: rule.check } : {}),
          ...(columns ? { columns } : {}),
        });
      } else if (columns) {
        const old = rules.get(operation);
        if (old) rules.set(operation, { ...old, columns: without(old.columns ?? input.columns, columns) });
      } else rules.delete(operation);
    }
  }
  return byRole;
}

function scopeDefaults({
  scope,
  row,
  personKey,
}: PolicyInput): [role: string, operation: Operation, using: string][] {
  const all = (using: string) => OPERATIONS.map((o): [string, Operation, string] => ['app', o, using]);
  switch (scope.scope) {
    case 'tenant':
      return all('ORG');
    case 'tenant-user':
      return all(`ORG AND SELF(${scopeArgument(scope.scope, scope.argument).user})`);
    case 'tenant-or-user':
      return all(OWN);
    case 'child':
      return row ? all(OWN) : [];
    case 'tenant-root':
      return [['app', 'select', 'ORG']];
    case 'catalogue':
      return all('ORG').map(([r, o, u]) => [r, o, o === 'select' ? `${scope.argument} OR ORG` : u]);
    case 'identity':
      // A person's own row is read; rows that belong to a person are theirs to write.
      return scope.argument ? all(`SELF(${scope.argument})`) : [['app', 'select', `SELF(${personKey})`]];
    case 'ingest':
      return [
        ['app', 'select', 'ORG'],
        ['ingest', 'insert', 'ORG'],
      ];
    case 'platform':
      return scope.argument === 'nobody' ? [] : [['app', 'select', scope.argument!]];
  }
}

/** Stands for the condition of a scope that tokens cannot say. */
const OWN = '\0own';

function ownSql({ scope, row, tenantKey, target }: PolicyInput): string | undefined {
  if (scope.scope === 'child') return row;
  if (scope.scope !== 'tenant-or-user' || !tenantKey) return undefined;
  const { user } = scopeArgument(scope.scope, scope.argument);
  return expandTokens(`ORG OR ${quoteIdent(tenantKey)} IS NULL AND SELF(${user})`, tenantKey, target);
}

/** PostgreSQL keeps 63 bytes of a name; the table's gives way, so that the endings still tell policies apart. */
export function named(table: string, ending: string): string {
  return `${table.slice(0, 63 - ending.length)}${ending}`;
}

function floors(input: PolicyInput): Policy[] {
  const own = ownSql(input);
  if (!input.tenantKey && !own) return [];
  const floor = own ?? expandTokens('ORG', input.tenantKey, input.target);
  const roles = [input.roles.app, ...(usesIngest(input) ? [input.roles.ingest] : [])];
  const base = { roles, permissive: false };
  if (input.scope.scope !== 'catalogue') {
    return [{ ...base, name: named(input.table, '_floor'), operation: 'all', using: floor, check: floor }];
  }
  // What is published is read by every tenant, so a catalogue has its floor under the writes.
  return [
    { ...base, name: named(input.table, '_floor_insert'), operation: 'insert', check: floor },
    { ...base, name: named(input.table, '_floor_update'), operation: 'update', using: floor, check: floor },
    { ...base, name: named(input.table, '_floor_delete'), operation: 'delete', using: floor },
  ];
}

function usesIngest({ scope, rules }: PolicyInput): boolean {
  return scope.scope === 'ingest' || rules.some((r) => r.kind === 'allow' && r.role === 'ingest');
}

function policyName({ table, roles }: PolicyInput, role: string, operation: Operation): string {
  return role === roles.app
    ? named(table, `_${operation}`)
    : named(table, `_${role.slice(roles.prefix.length + 1)}_${operation}`);
}

function permissive(
  name: string,
  operation: Operation,
  role: string,
  rule: Rule,
  input: PolicyInput,
): Policy {
  const expand = (sql: string) =>
    sql === OWN ? ownSql(input)! : expandTokens(sql, input.tenantKey, input.target);
  const using = expand(rule.using);
  return {
    name,
    operation,
    roles: [role],
    permissive: true,
    ...(operation === 'insert' ? {} : { using }),
    ...(operation === 'insert' ? { check: using } : {}),
    ...(operation === 'update' ? { check: rule.check ? expand(rule.check) : using } : {}),
  };
}

/** What a role is denied: 'all', or the columns it keeps. */
function denials(input: PolicyInput, role: string): [Operation, 'all' | readonly string[]][] {
  return input.rules
    .filter((rule) => rule.kind === 'deny' && rule.role === role)
    .flatMap((rule) => rule.targets)
    .map(({ operation, columns }) => [operation, columns ? without(input.columns, columns) : 'all']);
}

function without(columns: readonly string[], taken: readonly string[]): readonly string[] {
  return columns.filter((column) => !taken.includes(column));
}
