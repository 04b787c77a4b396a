import type { SchemaField, SchemaModel } from '../../api/models.ts';
import type { FieldSpec } from '../../ui/editor/field-spec.ts';
import { fieldTitle } from '../../ui/names.ts';
import { optionsOf } from '../../ui/options.ts';

const KINDS: Readonly<Record<string, FieldSpec['kind']>> = {
  integer: 'integer',
  bigint: 'text',
  decimal: 'decimal',
  float: 'text',
  boolean: 'checkbox',
  timestamp: 'datetime',
  date: 'date',
  json: 'json',
  enum: 'select',
};
const LONG = new Set([
  'description',
  'notes',
  'content',
  'message',
  'body',
  'text',
  'excerpt',
  'summary',
  'comment',
]);

/** The fields of a model as a form: those that may be written when one is made, or when one is changed. */
export function specsOf(model: SchemaModel, changing: boolean): FieldSpec[] {
  return model.fields
    .filter((field) => (changing ? field.updatable : field.creatable) && field.name !== 'id')
    .map((field) => ({
      name: field.name,
      label: fieldTitle(field.name),
      kind: kindOf(field),
      required: !changing && field.required,
      half: isShort(field),
      hint: hintOf(field),
      ...(field.values ? { options: optionsOf(...field.values) } : {}),
    }));
}

function kindOf(field: SchemaField): FieldSpec['kind'] {
  if (field.list) return 'tags';
  if (field.kind === 'text' && LONG.has(field.name)) return 'area';
  return KINDS[field.kind] ?? 'text';
}

const isShort = (field: SchemaField): boolean =>
  ['integer', 'decimal', 'date', 'timestamp', 'enum', 'boolean', 'bigint', 'float'].includes(field.kind) &&
  !field.list;

function hintOf(field: SchemaField): string | undefined {
  const about = field.description.split('\n')[0];
  if (field.kind === 'uuid') return about || 'The id of the record it refers to';
  return about || undefined;
}

/** The field that tells a person which record it is. */
export function titleField(model: SchemaModel): SchemaField | undefined {
  for (const name of [
    'name',
    'title',
    'propertyAddress',
    'filename',
    'fileName',
    'subject',
    'email',
    'label',
    'key',
    'slug',
  ])
    for (const field of model.fields) if (field.name === name) return field;
  return model.fields.find((f) => f.kind === 'text' && !f.list);
}
