import { createHash } from 'node:crypto';
import type { Rows } from './conditions.ts';
import type { DataField } from './model.ts';
import { comparedType } from './operators.ts';
import { isStorable } from './scalars.ts';
import type { Statement } from './statement.ts';

/** One expression of an order. */
export interface SortTerm {
  /** As the caller wrote it, without direction. */
  readonly name: string;
  readonly sql: string;
  readonly type: string;
  readonly descending: boolean;
  readonly nullable: boolean;
  readonly nullsFirst: boolean;
}

const TERMS_MOST = 5;

/**
 * Reads `-createdAt,name.nullslast,contact.name`. The row's key is added, so that the order is total and pages neither repeat
 * nor skip rows. Nulls come last ascending and first descending unless told, as in PostgreSQL.
 */
export function readSort(statement: Statement, rows: Rows, text: string | undefined): SortTerm[] {
  const asked = text ? text.split(',') : [];
  if (asked.length > TERMS_MOST)
    statement.fault('sort', 'TOO_MANY', `At most ${TERMS_MOST} fields are allowed.`);
  const terms = asked.slice(0, TERMS_MOST).flatMap((part) => readTerm(statement, rows, part) ?? []);
  const descending = terms[0]?.descending ?? false;
  const keys = rows.model.key
    .filter((f) => !terms.some((t) => t.name === f.name))
    .map((f) => termOf(f, { sql: `${rows.alias}.${f.column}`, name: f.name, descending }));
  return [...terms, ...keys];
}

function readTerm(statement: Statement, rows: Rows, part: string): SortTerm | undefined {
  const [, sign, path = '', nulls] = /^([-+ ]?)([\w.]+?)(?:\.nulls(first|last))?$/.exec(part) ?? [];
  const descending = sign === '-';
  const [first = '', second, ...more] = path.split('.');
  const direct = rows.model.field.get(first);
  if (direct?.sortable && second === undefined) {
    const term = termOf(direct, { sql: `${rows.alias}.${direct.column}`, name: path, descending });
    return nulls ? { ...term, nullsFirst: nulls === 'first' } : term;
  }
  const relation = rows.model.relations.get(first);
  const far = second === undefined ? undefined : relation?.target.field.get(second);
  if (
    relation &&
    !relation.list &&
    far?.sortable &&
    more.length === 0 &&
    statement.asker.mayRead(relation.target)
  ) {
    const alias = statement.alias();
    const sql = `(SELECT ${alias}.${far.column} FROM ${relation.target.table} AS ${alias} WHERE ${relation.join(rows.alias, alias)})`;
    // The other row may be missing, or not be seen.
    const term = { ...termOf(far, { sql, name: path, descending }), nullable: true };
    return nulls ? { ...term, nullsFirst: nulls === 'first' } : term;
  }
  statement.fault('sort', 'UNKNOWN', `${rows.model.name} cannot be sorted by "${part.slice(0, 100)}".`);
  return undefined;
}

function termOf(
  field: DataField,
  { sql, name, descending }: { sql: string; name: string; descending: boolean },
): SortTerm {
  return {
    name,
    sql,
    type: comparedType(field.kind),
    descending,
    nullable: field.nullable,
    nullsFirst: descending,
  };
}

export function orderBy(terms: readonly SortTerm[]): string {
  return terms
    .map((t) => {
      const usual = t.nullsFirst === t.descending;
      return `${t.sql}${t.descending ? ' DESC' : ''}${usual || !t.nullable ? '' : t.nullsFirst ? ' NULLS FIRST' : ' NULLS LAST'}`;
    })
    .join(', ');
}

/** The rows that come after the one whose sort values are given. */
export function after(
  statement: Statement,
  terms: readonly SortTerm[],
  values: readonly (string | null)[],
): string {
  const [first] = terms;
  if (terms.every((t) => !t.nullable && t.descending === first!.descending)) {
    // One comparison of rows, which an index over these columns serves.
    const params = terms.map((t, i) => statement.param(values[i]!, t.type));
    if (terms.length === 1) return `${first!.sql} ${first!.descending ? '<' : '>'} ${params[0]}`;
    return `(${terms.map((t) => t.sql).join(', ')}) ${first!.descending ? '<' : '>'} (${params.join(', ')})`;
  }
  const params = terms.map((t, i) => (values[i] === null ? null : statement.param(values[i]!, t.type)));
  const ways = terms.map((t, i) => {
    const equal = terms
      .slice(0, i)
      .map((e, j) => (params[j] === null ? `${e.sql} IS NULL` : `${e.sql} = ${params[j]}`));
    return [...equal, beyond(t, params[i]!)].join(' AND ');
  });
  return `(${ways.join(' OR ')})`;
}

function beyond(t: SortTerm, param: string | null): string {
  if (param === null) return t.nullsFirst ? `${t.sql} IS NOT NULL` : 'false';
  const further = `${t.sql} ${t.descending ? '<' : '>'} ${param}`;
  return t.nullable && !t.nullsFirst ? `(${further} OR ${t.sql} IS NULL)` : further;
}

/**
 * A place in an ordered list: the sort values of its last row, with a digest over them, the order and the list. It is no
 * secret: it holds what its reader has just read. The digest finds what was mutilated or belongs to another list.
 */
export function writeCursor(
  list: string,
  terms: readonly SortTerm[],
  values: readonly (string | null)[],
): string {
  return Buffer.from(JSON.stringify([digest(list, terms, values), ...values])).toString('base64url');
}

/** @returns the values, or undefined where it is none of this list and order */
export function readCursor(
  list: string,
  terms: readonly SortTerm[],
  cursor: string,
): (string | null)[] | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (!Array.isArray(read)) return undefined;
    const [said, ...values] = read as (string | null)[];
    const whole = values.every((v, i) =>
      v === null ? terms[i]?.nullable : typeof v === 'string' && isStorable(v),
    );
    return whole && values.length === terms.length && said === digest(list, terms, values)
      ? values
      : undefined;
  } catch {
    return undefined;
  }
}

function digest(list: string, terms: readonly SortTerm[], values: readonly unknown[]): string {
  const order = terms.map((t) => [t.name, t.descending, t.nullsFirst]);
  return createHash('sha256')
    .update(JSON.stringify([list, order, values]))
    .digest('base64url')
    .slice(0, 16);
}
