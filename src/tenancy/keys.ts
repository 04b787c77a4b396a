import { type Annotation, splitTopLevel } from './annotations.ts';
import type { ForeignKey, Key } from './boundary.ts';
import { columnName } from './columns.ts';
import type { Dmmf, DmmfModel, Draft } from './compile.ts';

const LIMIT = 63;

/** Primary key, unique keys and indexes: Prisma's own and those that annotations add. */
export function keysOf(draft: Draft, dmmf: Dmmf): Key[] {
  const purposes = new Map(
    draft.block.attributes.map((a) => [attributeFields(a.source), /\/\/\s*(.*)$/.exec(a.source)?.[1]]),
  );
  const own = dmmf.datamodel.indexes.filter((i) => i.model === draft.model.name);
  const declared = own
    .filter((i) => ['id', 'unique', 'normal'].includes(i.type))
    .map((index): Key => {
      const fields = index.fields.map((f) => f.name);
      const columns = fields.map((f) => toColumn(draft.model, f));
      const kind = index.type === 'id' ? 'primary' : index.type === 'unique' ? 'unique' : 'index';
      const purpose = purposes.get(fields.join(','));
      const completed = distinctUnique(draft, columns);
      return {
        name: index.dbName ?? defaultName(draft.table, columns, kind),
        columns,
        kind,
        prisma: true,
        nullsNotDistinct: kind === 'unique' && completed !== undefined,
        ...((purpose ?? completed?.purpose) ? { purpose: (purpose ?? completed?.purpose)! } : {}),
      };
    });
  return [...declared, ...annotatedKeys(draft, declared)];
}

function annotatedKeys(draft: Draft, declared: readonly Key[]): Key[] {
  return draft.annotations.flatMap((annotation): Key[] => {
    if (annotation.kind !== 'index') return [];
    const columns = splitTopLevel(annotation.columns);
    const completes = declared.some(
      (k) => k.kind === 'unique' && k.nullsNotDistinct && sameColumns(k.columns, columns),
    );
    if (annotation.nullsNotDistinct && !annotation.where && completes) return [];
    const suffix = annotation.unique ? '_partial_key' : '_partial_idx';
    const named = columns.map((c) => c.replace(/[^\w].*$/, '')).filter((c) => c !== draft.tenantColumn);
    return [
      {
        name: annotation.name ?? `${[draft.table, ...named].join('_')}${suffix}`,
        columns,
        kind: annotation.unique ? 'unique' : 'index',
        prisma: false,
        nullsNotDistinct: annotation.nullsNotDistinct,
        ...(annotation.method ? { method: annotation.method } : {}),
        ...(annotation.where ? { where: annotation.where } : {}),
        ...(annotation.purpose ? { purpose: annotation.purpose } : {}),
      },
    ];
  });
}

/** The foreign keys of a model, one for each relation field that owns columns. */
export function foreignKeysOf(draft: Draft, drafts: readonly Draft[]): ForeignKey[] {
  return draft.model.fields.flatMap((field): ForeignKey[] => {
    if (!field.relationFromFields?.length) return [];
    const target = drafts.find((d) => d.model.name === field.type);
    if (!target) return [];
    const columns = field.relationFromFields.map((f) => toColumn(draft.model, f));
    const source = draft.block.fields.find((f) => f.name === field.name)?.source ?? '';
    return [
      {
        name: /\bmap:\s*"([^"]+)"/.exec(source)?.[1] ?? defaultName(draft.table, columns, 'fkey'),
        field: field.name,
        columns,
        target: target.model.name,
        targetTable: target.table,
        targetColumns: (field.relationToFields ?? []).map((f) => toColumn(target.model, f)),
        onDelete: field.relationOnDelete ?? (field.isRequired ? 'Restrict' : 'SetNull'),
        onUpdate: (field as { relationOnUpdate?: string }).relationOnUpdate ?? 'Cascade',
      },
    ];
  });
}

/** Prisma's default constraint name, cut as Prisma cuts it: the suffix stays, the columns give way. */
function defaultName(table: string, columns: readonly string[], kind: Key['kind'] | 'fkey'): string {
  if (kind === 'primary') return `${table}_pkey`;
  const suffix = kind === 'unique' ? '_key' : kind === 'index' ? '_idx' : '_fkey';
  return `${[table, ...columns].join('_').slice(0, LIMIT - suffix.length)}${suffix}`;
}

export function sameColumns(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((column, i) => column === b[i]);
}

function distinctUnique(
  draft: Draft,
  columns: readonly string[],
): Extract<Annotation, { kind: 'index' }> | undefined {
  return draft.annotations
    .filter((a) => a.kind === 'index')
    .find(
      (a) => a.unique && a.nullsNotDistinct && !a.where && sameColumns(splitTopLevel(a.columns), columns),
    );
}

function toColumn(model: DmmfModel, name: string): string {
  const field = model.fields.find((f) => f.name === name);
  return field ? columnName(field) : name;
}

function attributeFields(source: string): string {
  const list = /\[([^\]]*)\]/.exec(source)?.[1] ?? '';
  return list
    .split(',')
    .map((f) => f.trim().replace(/\(.*/, ''))
    .join(',');
}
