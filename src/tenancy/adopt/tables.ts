import { columnName, sqlType } from '../columns.ts';
import type { Dmmf, DmmfModel } from '../compile.ts';
import type { Place, ScannedBlock } from '../scanner.ts';

/** A column as adoption looks at it. */
export interface TableColumn {
  readonly field: string;
  readonly column: string;
  readonly type: string;
  readonly required: boolean;
  readonly list: boolean;
  /** Filled by the database or by Prisma with a value nobody chooses: cuid(), uuid(), autoincrement(), … */
  readonly generated: boolean;
}

/** One table pointing at another. */
export interface Reference {
  readonly columns: readonly string[];
  readonly target: string;
  readonly targetColumns: readonly string[];
  readonly required: boolean;
  readonly onDelete: string;
  /** `relation`: declared in the schema. `name`: only the column's name and type say so. */
  readonly by: 'relation' | 'name';
  readonly field: string;
}

export interface Table {
  readonly model: string;
  readonly table: string;
  readonly schema: string | undefined;
  readonly place: Place;
  readonly columns: readonly TableColumn[];
  /** Columns of the primary key. */
  readonly key: readonly string[];
  /** Unique keys without the primary one. */
  readonly uniques: readonly (readonly string[])[];
  readonly references: readonly Reference[];
}

const GENERATED = /^(cuid|uuid|ulid|nanoid|autoincrement|dbgenerated|now|sequence|auto)$/;

/** The models of a schema as tables that point at each other. Views are left out. */
export function readTables(dmmf: Dmmf, blocks: readonly ScannedBlock[]): Table[] {
  const places = new Map(blocks.filter((b) => b.kind === 'model').map((b) => [b.name, b.place]));
  const tables = dmmf.datamodel.models.flatMap((m): Table[] => {
    const place = places.get(m.name);
    return place ? [tableOf(m, dmmf, place)] : [];
  });
  return tables.map((t) => ({ ...t, references: [...t.references, ...namedReferences(t, tables)] }));
}

function tableOf(model: DmmfModel, dmmf: Dmmf, place: Place): Table {
  const toColumn = (name: string, of = model) => {
    const field = of.fields.find((f) => f.name === name);
    return field ? columnName(field) : name;
  };
  const ids = model.fields.filter((f) => f.isId).map((f) => f.name);
  const key = (ids.length > 0 ? ids : (model.primaryKey?.fields ?? [])).map((n) => toColumn(n));
  const uniques = [...model.fields.filter((f) => f.isUnique).map((f) => [f.name]), ...model.uniqueFields];
  return {
    model: model.name,
    table: model.dbName ?? model.name,
    schema: model.schema ?? undefined,
    place,
    columns: model.fields
      .filter((f) => f.kind === 'scalar' || f.kind === 'enum')
      .map((f) => ({
        field: f.name,
        column: columnName(f),
        type: sqlType(f),
        required: f.isRequired,
        list: f.isList,
        generated: f.isUpdatedAt || GENERATED.test((f.default as { name?: string } | undefined)?.name ?? ''),
      })),
    key,
    uniques: [...new Map(uniques.map((u) => [u.join(), u.map((n) => toColumn(n))])).values()],
    references: model.fields.flatMap((f): Reference[] => {
      if (!f.relationFromFields?.length) return [];
      const target = dmmf.datamodel.models.find((m) => m.name === f.type)!;
      const from = f.relationFromFields.map((n) => model.fields.find((x) => x.name === n)!);
      return [
        {
          columns: from.map(columnName),
          target: f.type,
          targetColumns: (f.relationToFields ?? []).map((n) => toColumn(n, target)),
          required: from.every((x) => x.isRequired),
          onDelete: f.relationOnDelete ?? (f.isRequired ? 'Restrict' : 'SetNull'),
          by: 'relation',
          field: f.name,
        },
      ];
    }),
  };
}

/**
 * References that no relation declares: a column called as other tables call their foreign key to one target, or
 * `<model>_id`, of that target's key type.
 */
function namedReferences(table: Table, tables: readonly Table[]): Reference[] {
  const taken = new Set(table.references.flatMap((r) => r.columns));
  return table.columns.flatMap((c): Reference[] => {
    if (taken.has(c.column) || c.list || table.key.join() === c.column) return [];
    const target = targetByName(c.column, tables);
    const key = target?.columns.find((k) => k.column === target.key[0]);
    if (!target || !key || target === table || baseType(key.type) !== baseType(c.type)) return [];
    return [
      {
        columns: [c.column],
        target: target.model,
        targetColumns: [key.column],
        required: c.required,
        onDelete: 'NoAction',
        by: 'name',
        field: c.field,
      },
    ];
  });
}

function targetByName(column: string, tables: readonly Table[]): Table | undefined {
  const used = new Set(
    tables.flatMap((t) =>
      t.references
        .filter((r) => r.columns.length === 1 && plain(r.columns[0]!) === plain(column))
        .map((r) => r.target),
    ),
  );
  const single = (name: string) => tables.find((t) => t.model === name && t.key.length === 1);
  if (used.size === 1) return single([...used][0]!);
  if (used.size > 1 || !/_?id$/i.test(column)) return undefined;
  const stem = plain(column).replace(/id$/, '');
  return tables.find(
    (t) => t.key.length === 1 && (plain(t.model) === stem || plain(t.table).replace(/s$/, '') === stem),
  );
}

/** A name without case and underscores. */
export function plain(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

/** The type that PostgreSQL's functions return for a key of this type: its length is no part of it. */
export function baseType(type: string): string {
  const name = type.replace(/\(.*$/, '').toLowerCase();
  const bases: Record<string, string> = {
    int: 'int4',
    integer: 'int4',
    smallint: 'int2',
    bigint: 'int8',
    varchar: 'text',
    char: 'bpchar',
  };
  return bases[name] ?? name;
}
