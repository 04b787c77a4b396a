import type { FieldFault } from '../../errors.ts';
import type { DataField, DataModel } from './model.ts';
import type { Asker } from './statement.ts';
import { judge } from './values.ts';

/** A row to be written: fields with values as json_to_recordset() takes them. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * Judges a row of a body for a create or update, with what follows for fields that are left out. Faults are gathered.
 * @param at path of the row in the body: empty, or `12.`
 */
export function judgeRow(
  model: DataModel,
  raw: unknown,
  access: 'create' | 'update',
  { at, asker, faults }: { at: string; asker: Asker; faults: FieldFault[] },
): Row {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    faults.push({ field: at.replace(/\.$/, '') || 'body', code: 'TYPE', message: 'Expected an object.' });
    return {};
  }
  const judging = { at, organizationId: asker.organizationId, faults };
  const row: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(raw)) {
    const field = model.field.get(name);
    if (field && (access === 'create' ? field.creatable : field.updatable)) {
      row[name] = judge(field, value, judging);
      continue;
    }
    const shown = `${at}${name.slice(0, 100)}`;
    if (field) faults.push({ field: shown, code: 'CLOSED', message: whyClosed(model, field, access) });
    else faults.push({ field: shown, code: 'UNKNOWN', message: `${model.name} has no such field.` });
  }
  if (access === 'update') return row;
  for (const field of model.fields) {
    if (field.name in row || field.name in raw) continue;
    if (field.self && asker.userId) row[field.name] = asker.userId;
    else if (field.required || (field.self && !field.nullable))
      faults.push({ field: `${at}${field.name}`, code: 'REQUIRED', message: 'This field is needed.' });
  }
  return row;
}

function whyClosed(model: DataModel, field: DataField, access: 'create' | 'update'): string {
  if (field.closed) return `This field cannot be written. ${field.closed}`;
  if (access === 'create') return 'This field cannot be written; the database gives it.';
  return model.key.includes(field)
    ? 'This field names the record and stays as it is.'
    : 'This field stays as it was created.';
}
