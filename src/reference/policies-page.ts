import { shorthand } from './conditions.ts';
import { cell, code, link, type Markdown, page, raw, table } from './markdown.ts';
import { moduleHeading, moduleLinks, opening, toSection } from './pages.ts';
import type { Operation, ReferenceModel, ReferencePolicy, ReferenceSource } from './source.ts';

const OPERATIONS: readonly Operation[] = ['select', 'insert', 'update', 'delete'];

const HOW_TO_READ = [
  '## How to read it',
  'Row-level security is enabled and forced on every table. A statement succeeds on a row when the role has the privilege, ' +
    'the condition in the matrix holds for the row, and the floor of the table holds too.',
  [
    '* `ORG`: the row belongs to the organization of the signed context. `SELF(column)`: the column is the user of that ' +
      'context. `ADMIN`: the user is OWNER or ADMIN of the organization. Without a context none of them holds.',
    '* `always`: every row. `–`: neither policy nor privilege; the statement is refused.',
    '* Conditions of SELECT and DELETE are about the row that is there, those of INSERT about the new row. An UPDATE must ' +
      'meet its condition before and after; where the new row has another one, it stands after “→”.',
    '* “Columns” limits an operation to these columns. The floor is restrictive: no policy that is added later can open ' +
      'the table beyond it.',
    '* Foreign keys with ON DELETE CASCADE work inside PostgreSQL and do not ask these policies.',
  ].join('\n'),
];

/** Per table who may do what on which rows: role × operation, floors, column grants, checks. */
export function policiesPage(source: ReferenceSource): string {
  return page([
    opening(
      'Schema: policies',
      'policies',
      'Who may read and write which rows of which table, as PostgreSQL enforces it.',
    ),
    ...HOW_TO_READ,
    moduleLinks(source, 'policies'),
    ...source.modules.flatMap((module) => [
      `## ${moduleHeading(module)}`,
      ...source.models.filter((model) => model.module === module.name).flatMap(modelBlocks),
    ]),
  ]);
}

function modelBlocks(model: ReferenceModel): string[] {
  return [
    `### ${model.name}`,
    `Table ${code(model.table)} · scope ${code(model.scope)} · ${link('columns', toSection('models', model.name))}`,
    matrix(model),
    [...floors(model), ...columnGrants(model)].join('\n'),
    model.checks.length === 0
      ? ''
      : `<details><summary>${model.checks.length} checks</summary>\n\n${checks(model)}\n\n</details>`,
  ];
}

function matrix(model: ReferenceModel): string {
  const roles = [
    ...new Set([
      ...model.grants.map((grant) => grant.role),
      ...model.policies.filter((policy) => policy.permissive).flatMap((policy) => policy.roles),
    ]),
  ];
  if (roles.length === 0) return 'No role has any privilege.';
  return table(
    ['Role', ...OPERATIONS.map((operation) => operation.toUpperCase())],
    roles.map((role) => [
      cell(role),
      ...OPERATIONS.map((operation) => raw(condition(model, role, operation))),
    ]),
  );
}

/** One field of the matrix. Several permissive policies for the same operation are alternatives. */
function condition(model: ReferenceModel, role: string, operation: Operation): string {
  const grants = model.grants.filter((grant) => grant.role === role && grant.privilege === operation);
  const policies = model.policies.filter(
    (policy) => policy.permissive && policy.roles.includes(role) && covers(policy, operation),
  );
  if (grants.length === 0 || policies.length === 0) return '–';
  const conditions = policies.map((policy) => conditionOf(model, policy, operation));
  return conditions.join(' or ') + (grants.every((grant) => grant.columns) ? ' (columns)' : '');
}

function conditionOf(model: ReferenceModel, policy: ReferencePolicy, operation: Operation): string {
  const show = (sql: string | undefined) => {
    const short = shorthand(sql ?? 'true', tenantKey(model));
    return /^\(*true\)*$/i.test(short) ? 'always' : code(short, { inTable: true });
  };
  if (operation === 'insert') return show(policy.check ?? policy.using);
  const before = show(policy.using);
  const after = operation === 'update' ? show(policy.check ?? policy.using) : before;
  return before === after ? before : `${before} → ${after}`;
}

function floors(model: ReferenceModel): string[] {
  return model.policies
    .filter((policy) => !policy.permissive)
    .map((policy) => {
      const operations = policy.operation === 'all' ? 'every operation' : policy.operation.toUpperCase();
      const sql = shorthand(policy.using ?? policy.check ?? 'true', tenantKey(model));
      return `* Floor: ${code(sql)} for ${operations} of ${policy.roles.map((role) => code(role)).join(', ')}`;
    });
}

function columnGrants(model: ReferenceModel): string[] {
  return model.grants
    .filter((grant) => grant.columns)
    .map(
      (grant) =>
        `* Columns of ${grant.privilege.toUpperCase()} for ${code(grant.role)}: ` +
        grant.columns!.map((column) => code(column)).join(', '),
    );
}

function checks(model: ReferenceModel): string {
  const rows: (string | Markdown)[][] = model.checks.map((check) => [cell(check.name), cell(check.sql)]);
  return table(['Check', 'Condition'], rows);
}

function covers(policy: ReferencePolicy, operation: Operation): boolean {
  return policy.operation === 'all' || policy.operation === operation;
}

/** The column that ORG stands for: the tenant column, or the key of the table that holds the tenants. */
function tenantKey(model: ReferenceModel): string | undefined {
  return model.tenantColumn ?? (model.scope === 'tenant-root' ? 'id' : undefined);
}
