import { quoteIdent as q } from '../../../database/quote.ts';
import type { Policy } from '../../boundary.ts';
import { ofTenants, type Table } from '../subject/tables.ts';
import type { Mutant, MutantSource } from './mutant.ts';

/** Policies that admit too much, each on the first table of every scope that has such a policy. */
export function policyMutants(source: MutantSource): Mutant[] {
  const { roles } = source;
  const of = (table: Table, name: string, sql: string): Mutant => ({
    name: `${table.label}: ${name}`,
    kind: 'policies',
    table: table.label,
    sql,
  });
  const permissive = (operation: string, side: 'using' | 'check', role: string) => (p: Policy) =>
    p.permissive && p.operation === operation && !!p[side] && p[side] !== 'true' && p.roles.includes(role);
  const change = (
    pick: (p: Policy, t: Table) => boolean,
    name: string,
    sql: (p: Policy, t: Table) => string,
  ): Mutant[] =>
    perScope(source, pick).map(({ table, policy }) =>
      of(table, `${policy.name} ${name}`, sql(policy, table)),
    );

  return [
    ...(['select', 'update', 'delete'] as const).flatMap((operation) =>
      change(permissive(operation, 'using', roles.app), 'USING (true)', alter('USING (true)')),
    ),
    ...(['insert', 'update'] as const).flatMap((operation) =>
      change(
        (p, t) =>
          permissive(operation, 'check', roles.app)(p) &&
          (operation === 'insert' || canBreak(p, t, roles.app)),
        'WITH CHECK (true)',
        alter('WITH CHECK (true)'),
      ),
    ),
    ...change(permissive('insert', 'check', roles.ingest), 'WITH CHECK (true)', alter('WITH CHECK (true)')),
    ...change(
      (p) => permissive('select', 'using', roles.app)(p) && /current_user_id/.test(p.using!),
      'without the person',
      (p, t) =>
        alter(`USING (${p.using!.replace(/\w+ = \(select app\.current_user_id\(\)\)/gi, 'true')})`)(p, t),
    ),
    ...change(
      (p) => p.permissive && /is_org_admin/.test(p.using ?? ''),
      'with everybody an admin',
      (p, t) => alter(`USING (${p.using!.replace(/\(select app\.is_org_admin\(\)\)/gi, 'true')})`)(p, t),
    ),
    ...change(
      (p) => !p.permissive,
      'dropped',
      (p, t) => `DROP POLICY ${q(p.name)} ON ${t.sql}`,
    ),
    ...change((p) => !p.permissive && !!p.check, 'WITH CHECK (true)', alter('WITH CHECK (true)')),
    ...change((p) => !p.permissive && !!p.using, 'USING (true)', alter('USING (true)')),
    ...change((p) => !p.permissive, 'for another role', alter(`TO ${roles.platform}`)),
    ...change(
      (p) => p.permissive && p.roles.includes(roles.platform),
      'TO PUBLIC',
      (p, t) => `ALTER POLICY ${q(p.name)} ON ${t.sql} TO PUBLIC`,
    ),
    ...change(
      permissive('select', 'using', roles.app),
      'and a second one that admits all',
      (_, t) => `CREATE POLICY attack ON ${t.sql} TO ${roles.app} USING (true) WITH CHECK (true)`,
    ),
    ...change(permissive('select', 'using', roles.app), 'for a tenant written into it', (p, t) =>
      ofTenants(t)
        ? alter(`USING (${q(t.tenantKey!)} = '${source.suite.subject.tenants.ours}')`)(p, t)
        : alter('USING (true)')(p, t),
    ),
    ...change(permissive('select', 'using', roles.app), 'inverted', (p, t) =>
      alter(`USING (NOT (${p.using}))`)(p, t),
    ),
  ];
}

/** Whether an update may set a column that the condition on the new row looks at; otherwise nothing depends on it. */
function canBreak(policy: Policy, { model, tenantKey }: Table, role: string): boolean {
  const grant = model.grants.find((g) => g.role === role && g.privilege === 'update');
  const named = [...(policy.check ?? '').matchAll(/\b(\w+) =/g)].map((m) => m[1]!);
  return (
    !!grant &&
    (grant.columns === undefined || named.some((c) => grant.columns!.includes(c) && c !== tenantKey))
  );
}

const alter = (change: string) => (p: Policy, t: Table) => `ALTER POLICY ${q(p.name)} ON ${t.sql} ${change}`;

/** The first table of each scope with a policy that `pick` wants, and that policy. */
export function perScope(
  { suite }: MutantSource,
  pick: (policy: Policy, table: Table) => boolean,
): { table: Table; policy: Policy }[] {
  const found = new Map<string, { table: Table; policy: Policy }>();
  for (const table of suite.subject.tables) {
    const policy = table.model.policies.find((p) => pick(p, table));
    if (policy && !found.has(table.model.scope)) found.set(table.model.scope, { table, policy });
  }
  return [...found.values()];
}
