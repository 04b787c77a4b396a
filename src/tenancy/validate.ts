import type { Fault } from './annotations.ts';
import type { BoundaryEnum, BoundaryModel, Key } from './boundary.ts';
import type { Draft } from './compile.ts';
import { selfColumns } from './expression.ts';
import { scopeArgument } from './scope-argument.ts';

const LIMIT = 63;

/** Faults that show only when all models are known: names that clash or are too long, keys without index. */
export function validateBoundary(
  models: readonly BoundaryModel[],
  enums: readonly BoundaryEnum[],
  drafts: readonly Draft[],
): Fault[] {
  return [
    ...clashingNames(models, enums),
    ...models.flatMap((m) => [...longNames(m), ...uncoveredForeignKeys(m)]),
    ...drafts.flatMap((d) => unindexedPolicyColumns(d, models.find((m) => m.model === d.model.name)!)),
  ];
}

/** Tables, indexes and types share one name space in a PostgreSQL schema; constraints share one in a table. */
function clashingNames(models: readonly BoundaryModel[], enums: readonly BoundaryEnum[]): Fault[] {
  const faults: Fault[] = [];
  const relations = new Map<string, string>();
  const claim = (names: Map<string, string>, name: string, what: string, place: BoundaryModel['place']) => {
    const owner = names.get(name);
    if (owner)
      faults.push({
        place,
        message: `${what}: the name "${name}" is taken by ${owner}; give one of them another`,
      });
    else names.set(name, what);
  };
  for (const m of models) claim(relations, m.table, `table of model ${m.model}`, m.place);
  for (const e of enums) {
    const place = models[0]?.place ?? { file: 'schema.prisma', line: 1 };
    claim(relations, e.type, `enum ${e.name}`, place);
  }
  for (const m of models) {
    const constraints = new Map<string, string>();
    for (const k of m.keys)
      claim(relations, k.name, `index of ${m.table} (${k.columns.join(', ')})`, m.place);
    for (const c of m.checks) claim(constraints, c.name, `check of ${m.table}`, m.place);
    for (const f of m.foreignKeys)
      claim(constraints, f.name, `foreign key of ${m.model}.${f.field}`, m.place);
  }
  return faults;
}

function longNames(m: BoundaryModel): Fault[] {
  const remedy: [string, string][] = [
    ...m.keys.map((k): [string, string] => [
      k.name,
      k.prisma ? 'add map: "…" to its attribute' : 'name it in its annotation',
    ]),
    ...m.foreignKeys.map((f): [string, string] => [f.name, `add map: "…" to the relation ${f.field}`]),
    ...m.checks.map((c): [string, string] => [c.name, 'shorten the rule’s name']),
    ...m.policies.map((p): [string, string] => [p.name, 'shorten the table’s name with @@map']),
    ...m.columns.map((c): [string, string] => [c.column, 'shorten the column’s name with @map']),
    [m.table, 'shorten the table’s name with @@map'],
  ];
  return remedy
    .filter(([name]) => Buffer.byteLength(name) > LIMIT)
    .map(([name, how]) => ({
      place: m.place,
      message: `"${name}" has ${Buffer.byteLength(name)} bytes, PostgreSQL keeps ${LIMIT}: ${how}`,
    }));
}

/** Whether some whole index begins with exactly these columns, in any order. */
function coveredBy(keys: readonly Key[], columns: readonly string[]): boolean {
  const wanted = new Set(columns);
  return keys.some(
    (k) =>
      !k.where &&
      k.columns.length >= wanted.size &&
      k.columns.slice(0, wanted.size).every((c) => wanted.has(c)),
  );
}

function uncoveredForeignKeys(m: BoundaryModel): Fault[] {
  return m.foreignKeys
    .filter((f) => !coveredBy(m.keys, f.columns))
    .map((f) => ({
      place: m.place,
      message: `foreign key ${m.model}.${f.field} has no index: add one that begins with ${f.columns.join(', ')}`,
    }));
}

function unindexedPolicyColumns(draft: Draft, m: BoundaryModel): Fault[] {
  const faults: Fault[] = [];
  const tenant = m.tenantColumn;
  if (tenant && !m.keys.some((k) => k.columns[0] === tenant)) {
    faults.push({
      place: m.place,
      message: `policies compare ${tenant}, but no index of ${m.table} begins with it`,
    });
  }
  for (const a of draft.annotations) {
    const selves =
      a.kind === 'allow'
        ? selfColumns(`${a.using} ${a.check ?? ''}`)
        : a.kind === 'scope' && a.scope === 'tenant-user'
          ? [scopeArgument(a.scope, a.argument).user!]
          : [];
    for (const column of selves) {
      if (coveredBy(m.keys, tenant ? [tenant, column] : [column])) continue;
      const wanted = [...(tenant ? [tenant] : []), column].join(', ');
      faults.push({
        place: a.place,
        message: `policies compare ${column}, but no index of ${m.table} begins with ${wanted}`,
      });
    }
  }
  return faults;
}
