import { type LotlineError, Refusal } from '../../errors.ts';
import { TenancyError } from '../../tenancy/index.ts';
import type { DataModel } from './model.ts';

/**
 * The refusal for what only the database could judge: a rule of the table, a key, a reference. It names fields, never a
 * value, and of a key that spans tenants not even the field.
 * @param at path of the row in the body: empty, or `12.`
 */
export function refusalOf(error: unknown, model: DataModel, models: Iterable<DataModel>, at = ''): unknown {
  if (error instanceof Refusal && at !== '' && error.fields.length > 0) {
    const fields = error.fields.map((f) => ({ ...f, field: `${at}${f.field}` }));
    return new Refusal(error.kind, error.code, error.message, error.hint, { fields, cause: error });
  }
  if (!(error instanceof TenancyError)) return error;
  const { constraint, state = '' } = error;
  const where = at ? ` (row ${at.replace(/\.$/, '')} of the body)` : '';
  const options = (fields: readonly string[], code: string, message: string) => ({
    cause: error,
    fields: fields.map((field) => ({ field: `${at}${field}`, code, message })),
  });
  switch (state) {
    case '23514': {
      const check = model.checks.find((c) => c.name === constraint);
      if (!check) return at ? annotated(error, where) : error;
      const rule = ruleName(model, check.name);
      const fields = fieldsIn(model, check.sql);
      const text = `The rule "${rule}" of ${model.collection} is not met${where}.`;
      const message = `The rule "${rule}" is not met by these fields together.`;
      return new Refusal(
        'invalid',
        'CHECK_FAILED',
        text,
        'Correct the fields that it speaks of; nothing was changed.',
        options(fields, 'CHECK_FAILED', message),
      );
    }
    case '23502': {
      // A trigger that wants a value says itself which, and why.
      if (!constraint) return at ? annotated(error, where) : error;
      const field = model.fields.find((f) => f.column.replaceAll('"', '') === constraint);
      const text = `A value is missing${where}.`;
      return new Refusal(
        'invalid',
        'BODY_INVALID',
        text,
        'Give the field a value; nothing was changed.',
        options(field ? [field.name] : [], 'REQUIRED', 'This field is needed.'),
      );
    }
    case '23505':
    case '23P01': {
      const key = model.keys.find((k) => k.name === constraint && k.tenant);
      const text = key
        ? `Another record of ${model.collection} has the same ${key.fields.join(', ')}${where}.`
        : `A record with the same key exists already${where}.`;
      return new Refusal(
        'conflict',
        'CONFLICT',
        text,
        'Choose another value, or change the record that has it.',
        options(key?.fields ?? [], 'TAKEN', 'Another record has this already.'),
      );
    }
    case '23503':
    case '23001': {
      const own = model.foreignKeys.find((f) => f.name === constraint);
      if (own && !/^update or delete/.test(messageOf(error))) {
        const fields = ownFields(model, own.columns);
        const text = `${fields.join(', ')} names no record of this organization${where}.`;
        return new Refusal(
          'invalid',
          'INVALID_REFERENCE',
          text,
          'Refer to a record that exists; nothing was changed.',
          options(fields, 'REFERENCE', 'There is no such record.'),
        );
      }
      const user = [...models].find((m) => m.foreignKeys.some((f) => f.name === constraint));
      const text = `This record is still in use${user ? ` by ${user.collection}` : ''}.`;
      return new Refusal(
        'conflict',
        'IN_USE',
        text,
        'Remove or change what refers to it first; nothing was changed.',
        { cause: error },
      );
    }
    default:
      return at ? annotated(error, where) : error;
  }
}

/** The same error, with the row named. */
function annotated(error: TenancyError, where: string): LotlineError {
  if (error.status !== 422) return error;
  return new Refusal('invalid', error.code, `${error.message.replace(/\.$/, '')}${where}.`, error.hint, {
    cause: error,
  });
}

const messageOf = (error: TenancyError) => {
  const { cause } = error as { cause?: { message?: string } };
  return cause?.message?.match(/(insert or update|update or delete) on table/)?.[0] ?? '';
};

const ruleName = (model: DataModel, constraint: string) =>
  constraint
    .replace(new RegExp(`^${model.table.replace(/^.*\./, '').replaceAll('"', '')}_`), '')
    .replace(/_(rule|check)$/, '');

function fieldsIn(model: DataModel, sql: string): string[] {
  const words = new Set(sql.replace(/'(?:[^']|'')*'/g, '').match(/[a-z_][a-z0-9_]*/g));
  return model.fields.filter((f) => words.has(f.column.replaceAll('"', ''))).map((f) => f.name);
}

const ownFields = (model: DataModel, columns: readonly string[]) =>
  model.fields
    .filter((f) => columns.includes(f.column.replaceAll('"', '')) && f.name !== model.tenantField)
    .map((f) => f.name);
