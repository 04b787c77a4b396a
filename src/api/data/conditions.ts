import type { DataField, DataModel } from './model.ts';
import { comparison, type Operator, operatorsOf } from './operators.ts';
import { isStorable } from './scalars.ts';
import { arrayText, type Statement } from './statement.ts';
import { readTerms, splitList, splitPath, type Term } from './terms.ts';

/** The rows a condition speaks of: a model under an alias. */
export interface Rows {
  readonly model: DataModel;
  readonly alias: string;
}

const RELATION_DEPTH = 3;

/** How many relations led to the rows, and the parameter as the caller wrote it. */
interface Within {
  readonly depth: number;
  readonly said: string;
}

/**
 * The SQL of one parameter: `stage=WON`, `value.gt=100`, `contact.name.icontains=ada`, `deals.some.stage=WON`,
 * `deals.none=(stage.eq:WON,value.gt:5)`. What a caller may not read cannot be filtered by, or the filter would tell.
 */
export function condition(
  statement: Statement,
  rows: Rows,
  name: string,
  value: string,
  { depth, said }: Within = { depth: 0, said: name },
): string {
  if (!statement.counts(said)) return 'false';
  const [first = '', ...rest] = splitPath(name);
  const field = rows.model.field.get(first);
  if (field) return fieldCondition(statement, rows, { field, name: said, rest }, value);
  return relationCondition(statement, rows, name, { depth, said }, (inner, path) => {
    if (path.length > 0)
      return condition(statement, inner, path.join('.'), value, { depth: depth + 1, said });
    const terms = readTerms(value);
    return terms
      ? all(statement, inner, terms, depth + 1)
      : statement.fault(said, 'VALUE', 'Expected conditions like (stage.eq:WON,value.gt:100).');
  });
}

/** The SQL of `or=(…)`, `and=(…)`, `not=(…)`. */
export function grouped(statement: Statement, rows: Rows, word: string, value: string): string {
  const terms = readTerms(value);
  if (terms) return group(statement, rows, { kind: 'group', name: word, items: terms }, 0);
  return statement.fault(
    word,
    'VALUE',
    'Expected conditions like (stage.eq:WON,value.gt:100), six levels deep at most.',
  );
}

function term(statement: Statement, rows: Rows, one: Term, depth: number): string {
  return one.kind === 'condition'
    ? condition(statement, rows, one.name, one.value, { depth, said: one.name })
    : group(statement, rows, one, depth);
}

function group(statement: Statement, rows: Rows, one: Term & { kind: 'group' }, depth: number): string {
  if (one.name === 'or') return `(${one.items.map((i) => term(statement, rows, i, depth)).join(' OR ')})`;
  if (one.name === 'and') return `(${all(statement, rows, one.items, depth)})`;
  // A comparison with null is neither true nor false; what is not true is what `not` means.
  if (one.name === 'not') return `(${all(statement, rows, one.items, depth)}) IS NOT TRUE`;
  if (!statement.counts(one.name)) return 'false';
  return relationCondition(statement, rows, one.name, { depth, said: one.name }, (inner, path) =>
    path.length === 0
      ? all(statement, inner, one.items, depth + 1)
      : statement.fault(one.name, 'UNKNOWN', `There is no group "${one.name}".`),
  );
}

const all = (statement: Statement, rows: Rows, items: readonly Term[], depth: number) =>
  items.map((i) => term(statement, rows, i, depth)).join(' AND ');

function fieldCondition(
  statement: Statement,
  { alias }: Rows,
  { field, name, rest }: { field: DataField; name: string; rest: readonly string[] },
  value: string,
): string {
  const column = `${alias}.${field.column}`;
  const [step = '', ...after] = rest;
  const inside = field.kind.name === 'json' ? /^path\[(.*)\]$/s.exec(step)?.[1] : undefined;
  const words = inside === undefined ? rest : after;
  const operators = operatorsOf(field.kind);
  const [operator = 'eq', ...more] = words;
  if (more.length > 0 || !(operators as readonly string[]).includes(operator)) {
    const message = `"${field.name}" has the operators ${operators.join(', ')}.`;
    return statement.fault(name, 'OPERATOR', message);
  }
  let sql = column;
  if (inside !== undefined) {
    const steps = splitList(inside);
    if (!steps || !isStorable(inside) || steps.length > 32)
      return statement.fault(name, 'PATH', 'Expected a path like path[address,city].');
    sql = `(${column} #> ${statement.param(arrayText(steps), 'text[]')})`;
  }
  return comparison(statement, { kind: field.kind, sql, name }, operator as Operator, value);
}

function relationCondition(
  statement: Statement,
  rows: Rows,
  name: string,
  { depth, said }: Within,
  inner: (rows: Rows, path: string[]) => string,
): string {
  const [first = '', ...path] = splitPath(name);
  const relation = rows.model.relations.get(first);
  if (!relation || !statement.asker.mayRead(relation.target)) {
    const message = `${rows.model.name} has no field or relation "${first}" that can be filtered by.`;
    return statement.fault(said, 'UNKNOWN', message);
  }
  if (depth >= RELATION_DEPTH)
    return statement.fault(said, 'TOO_DEEP', `At most ${RELATION_DEPTH} relations can be followed.`);
  const quantifier = relation.list ? path.shift() : 'some';
  if (quantifier !== 'some' && quantifier !== 'none')
    return statement.fault(said, 'QUANTIFIER', `Write ${first}.some or ${first}.none.`);
  const far = statement.alias();
  const sql = inner({ model: relation.target, alias: far }, path);
  const exists = `EXISTS (SELECT FROM ${relation.target.table} AS ${far} WHERE ${relation.join(rows.alias, far)} AND ${sql})`;
  return quantifier === 'none' ? `NOT ${exists}` : exists;
}

/** The SQL of `q=`: every word is found in one of the fields that people search by. */
export function search(statement: Statement, { model, alias }: Rows, text: string): string {
  const words = text.trim().split(/\s+/).filter(Boolean);
  if (model.searched.length === 0) return statement.fault('q', 'UNKNOWN', 'There is no text to search here.');
  if (words.length === 0 || words.length > 8 || text.length > 200 || !isStorable(text))
    return statement.fault('q', 'VALUE', 'Expected one to eight words, at most 200 characters.');
  return words
    .map((word) => {
      const pattern = statement.param(`%${word.replace(/[\\%_]/g, '\\$&')}%`, 'text');
      return `(${model.searched.map((f) => `${alias}.${f.column} ILIKE ${pattern}`).join(' OR ')})`;
    })
    .join(' AND ');
}
