import type { Annotation, Fault } from './annotations.ts';
import { parseAnnotations } from './annotations.ts';
import type { Column } from './boundary.ts';
import { rulesOf } from './column-rules.ts';
import type { DmmfModel, Draft } from './compile.ts';
import { readExpression } from './expression.ts';
import { formatSql, lengthSql, rangeSql } from './formats.ts';

type DmmfField = DmmfModel['fields'][number];

export function columnName(field: DmmfField): string {
  return field.dbName ?? field.name;
}

/** The columns of a model with the checks that their annotations bring. Faults are added to `faults`. */
export function columnsOf(draft: Draft, faults: Fault[]): Column[] {
  const scanned = new Map(draft.block.fields.map((f) => [f.name, f]));
  return draft.model.fields.flatMap((field): Column[] => {
    const source = scanned.get(field.name)!;
    const { annotations, description } = parseAnnotations(source.docs, 'field', faults);
    if (field.kind === 'object') {
      for (const { place, kind } of annotations) {
        faults.push({
          place,
          message: `@${kind}: ${draft.model.name}.${field.name} is a relation and has no column`,
        });
      }
      return [];
    }
    const column = columnName(field);
    const hidden = annotations.some((a) => a.kind === 'hidden');
    const check = columnCheck(annotations, { column, draft }, faults);
    const rules = rulesOf(annotations);
    return [
      {
        field: field.name,
        column,
        type: sqlType(field),
        nullable: !field.isRequired,
        list: field.isList,
        ...(field.kind === 'enum' ? { enumName: field.type } : {}),
        ...(field.hasDefaultValue ? { default: defaultText(field) } : {}),
        description: description.replaceAll('\n', ' '),
        ...(check ? { check } : {}),
        ...(rules ? { rules } : {}),
        ...(hidden ? { hidden: true as const } : {}),
        ...(field.isUpdatedAt ? { updatedAt: true as const } : {}),
      },
    ];
  });
}

function columnCheck(
  annotations: readonly Annotation[],
  context: { column: string; draft: Draft },
  faults: Fault[],
): string | undefined {
  const { column, draft } = context;
  const conditions: string[] = [];
  for (const annotation of annotations) {
    if (annotation.kind === 'hidden') continue;
    const made = conditionOf(annotation, column, draft.tenantColumn);
    if ('fault' in made)
      faults.push({ place: annotation.place, message: `@${annotation.kind}: ${made.fault}` });
    else conditions.push(made.sql);
  }
  return conditions.length === 0 ? undefined : conditions.join(' AND ');
}

function conditionOf(
  annotation: Annotation,
  column: string,
  tenantColumn: string | undefined,
): { sql: string } | { fault: string } {
  switch (annotation.kind) {
    case 'length':
      return lengthSql(annotation.argument, column);
    case 'range':
      return rangeSql(annotation.argument, column);
    case 'format':
      return formatSql(annotation.argument, { column, ...(tenantColumn ? { tenantColumn } : {}) });
    case 'check': {
      const reading = readExpression(annotation.sql);
      if ('fault' in reading) return { fault: reading.fault };
      const compound = /\b(and|or)\b/i.test(annotation.sql);
      return { sql: compound ? `(${annotation.sql})` : annotation.sql };
    }
    default:
      return { fault: 'does not belong on a field' };
  }
}

const NATIVE: Record<string, string> = {
  Uuid: 'uuid',
  Char: 'char',
  VarChar: 'varchar',
  Text: 'text',
  Inet: 'inet',
  Date: 'date',
  Time: 'time',
  Timetz: 'timetz',
  Timestamp: 'timestamp',
  Timestamptz: 'timestamptz',
  SmallInt: 'smallint',
  Integer: 'int',
  BigInt: 'bigint',
  Real: 'real',
  DoublePrecision: 'double precision',
  Decimal: 'numeric',
  Money: 'money',
  JsonB: 'jsonb',
  Json: 'json',
  ByteA: 'bytea',
  Boolean: 'boolean',
  Bit: 'bit',
  VarBit: 'varbit',
  Xml: 'xml',
  Citext: 'citext',
  Oid: 'oid',
};
const SCALAR: Record<string, string> = {
  String: 'text',
  Boolean: 'boolean',
  Int: 'int',
  BigInt: 'bigint',
  Float: 'double precision',
  Decimal: 'numeric(65,30)',
  DateTime: 'timestamp(3)',
  Json: 'jsonb',
  Bytes: 'bytea',
};

/** The PostgreSQL type of a field's column. */
export function sqlType(field: DmmfField): string {
  const [native, parameters = []] = field.nativeType ?? [];
  const base = native
    ? `${NATIVE[native] ?? native.toLowerCase()}${parameters.length > 0 ? `(${parameters.join(',')})` : ''}`
    : (SCALAR[field.type] ?? field.type);
  return field.isList ? `${base}[]` : base;
}

function defaultText(field: DmmfField): string {
  const value = field.default as unknown;
  if (value && typeof value === 'object' && !Array.isArray(value)) {
    const { name, args } = value as { name: string; args: unknown[] };
    return name === 'dbgenerated' ? String(args[0]) : `${name}()`;
  }
  return Array.isArray(value) ? `{${value.join(',')}}` : String(value);
}
