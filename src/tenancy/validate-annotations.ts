import { type Annotation, type Fault, splitTopLevel } from './annotations.ts';
import { columnName } from './columns.ts';
import type { Draft } from './compile.ts';
import { expandTokens, readExpression, selfColumns, usesToken } from './expression.ts';
import type { ScannedBlock } from './scanner.ts';
import { parentWays, scopeArgument } from './scope-argument.ts';

const ISOLATED = ['tenant', 'tenant-user', 'ingest'];
const PERSONAL = ['tenant', 'identity', 'tenant-user', 'tenant-or-user'];

/** Names declared twice, which Prisma would report without saying where the first one stands. */
export function duplicateNames(blocks: readonly ScannedBlock[]): Fault[] {
  const seen = new Map<string, ScannedBlock>();
  return blocks.flatMap((block): Fault[] => {
    const first = seen.get(block.name);
    seen.set(block.name, first ?? block);
    if (!first) return [];
    const where = `${first.place.file}:${first.place.line}`;
    return [
      {
        place: block.place,
        message: `${block.kind} ${block.name}: the name is taken by the ${first.kind} at ${where}`,
      },
    ];
  });
}

/** Faults in the annotations of one model: unknown columns, SQL that is none, gaps in the boundary. */
export function validateAnnotations(draft: Draft, drafts: readonly Draft[], adopted = false): Fault[] {
  const columns = new Set(draft.model.fields.filter((f) => f.kind !== 'object').map(columnName));
  return [
    ...draft.annotations.flatMap((a) => faultsOf(a, draft, columns)),
    ...contradictions(draft.annotations),
    ...(adopted ? [] : singleColumnTenantKeys(draft, drafts)),
  ];
}

function faultsOf(annotation: Annotation, draft: Draft, columns: ReadonlySet<string>): Fault[] {
  const fault = (message: string): Fault => ({
    place: annotation.place,
    message: `@${nameOf(annotation)}: ${message}`,
  });
  const unknown = (names: Iterable<string>) =>
    [...names]
      .filter((n) => !columns.has(n))
      .map((n) => fault(`${draft.table} has no column "${n}"${suggestion(n, columns)}`));
  const expression = (sql: string) => {
    const reading = readExpression(expandTokens(sql, draft.tenantColumn ?? 'id', 'postgres'));
    if ('fault' in reading) return [fault(`"${sql}" ${reading.fault}`)];
    return reading.tables.size > 0 ? [] : unknown(reading.columns);
  };

  switch (annotation.kind) {
    case 'scope':
      if (annotation.scope === 'child')
        return unknown(parentWays(annotation.argument!).flatMap((way) => way.columns));
      if (PERSONAL.includes(annotation.scope))
        return unknown(Object.values(scopeArgument(annotation.scope, annotation.argument)));
      if (annotation.argument === undefined || annotation.argument === 'nobody') return [];
      return expression(annotation.argument);
    case 'allow': {
      const conditions = [annotation.using, ...(annotation.check ? [annotation.check] : [])];
      return [
        ...annotation.targets.flatMap((t) => unknown(t.columns ?? [])),
        ...conditions.flatMap((sql) => [...unknown(selfColumns(sql)), ...expression(sql)]),
        ...(leavesTenant(annotation, draft)
          ? [fault(`the condition does not say ORG, so it would reach beyond the current tenant`)]
          : []),
      ];
    }
    case 'deny':
      return annotation.targets.flatMap((t) => unknown(t.columns ?? []));
    case 'check':
      return expression(annotation.sql);
    case 'index':
      return [
        ...splitTopLevel(annotation.columns).flatMap((c) =>
          expression(`${c.replace(/\s+(asc|desc)\b.*$/i, '')} IS NULL`),
        ),
        ...(annotation.where ? expression(annotation.where) : []),
      ];
    default:
      return [];
  }
}

function leavesTenant(annotation: Extract<Annotation, { kind: 'allow' }>, draft: Draft): boolean {
  if (!draft.tenantColumn || !['app', 'ingest'].includes(annotation.role)) return false;
  const conditions = [annotation.using, annotation.check ?? 'ORG'];
  const reads =
    draft.scope.scope === 'catalogue' && annotation.targets.every((t) => t.operation === 'select');
  return !reads && conditions.some((sql) => !usesToken(sql, 'ORG'));
}

function contradictions(annotations: readonly Annotation[]): Fault[] {
  const seen = new Map<string, string>();
  return annotations.flatMap((a): Fault[] => {
    if (a.kind !== 'allow' && a.kind !== 'deny') return [];
    return a.targets.flatMap(({ operation, columns }): Fault[] => {
      if (a.kind === 'deny' && columns) return [];
      const key = `${operation} to ${a.role}`;
      const before = seen.get(key);
      seen.set(key, `@${a.kind}`);
      const message = `@${a.kind}: ${key} is stated already by ${before} above; one statement per operation and role`;
      return before ? [{ place: a.place, message }] : [];
    });
  });
}

/** Foreign-key checks bypass row security, so between tenants' tables the key must carry the tenant. */
function singleColumnTenantKeys(draft: Draft, drafts: readonly Draft[]): Fault[] {
  if (!draft.tenantColumn) return [];
  return draft.model.fields.flatMap((field): Fault[] => {
    const target = drafts.find((d) => d.model.name === field.type);
    if (!field.relationFromFields?.length || !target || !ISOLATED.includes(target.scope.scope)) return [];
    const from = field.relationFromFields.map((n) =>
      columnName(draft.model.fields.find((f) => f.name === n)!),
    );
    const to = (field.relationToFields ?? []).map((n) =>
      columnName(target.model.fields.find((f) => f.name === n)!),
    );
    const at = from.indexOf(draft.tenantColumn!);
    if (at >= 0 && to[at] === target.tenantColumn) return [];
    const place = draft.block.fields.find((f) => f.name === field.name)!.place;
    const tenantField = draft.model.fields.find((f) => columnName(f) === draft.tenantColumn)!.name;
    const message =
      `relation ${draft.model.name}.${field.name} points at ${target.model.name} without the tenant. ` +
      `Foreign keys bypass row security: write fields: [${[tenantField, ...field.relationFromFields].join(', ')}]`;
    return [{ place, message }];
  });
}

function nameOf(annotation: Annotation): string {
  return annotation.kind === 'index' && annotation.unique ? 'unique' : annotation.kind;
}

function suggestion(name: string, columns: ReadonlySet<string>): string {
  const snake = name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
  const near = columns.has(snake)
    ? snake
    : [...columns].find((c) => c.startsWith(snake) || snake.startsWith(c));
  return near ? `; did you mean "${near}"?` : '';
}
