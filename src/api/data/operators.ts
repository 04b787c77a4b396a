import type { Kind } from './kinds.ts';
import { isStorable, readScalar } from './scalars.ts';
import { arrayText, type Statement } from './statement.ts';
import { splitList } from './terms.ts';

const ORDERED = ['eq', 'neq', 'distinct', 'gt', 'gte', 'lt', 'lte', 'between', 'in', 'nin', 'is'] as const;
const EQUAL = ['eq', 'neq', 'distinct', 'in', 'nin', 'is'] as const;
const LIKE = ['contains', 'startswith', 'endswith', 'icontains', 'istartswith', 'iendswith', 'ieq'] as const;
const LISTS = ['eq', 'neq', 'has', 'hasany', 'hasall', 'within', 'is'] as const;
const JSONS = ['eq', 'neq', 'contains', 'is'] as const;

export type Operator =
  | (typeof ORDERED)[number]
  | (typeof LIKE)[number]
  | (typeof LISTS)[number]
  | (typeof JSONS)[number];

/** The operators that a column of this kind has; the first is meant where a parameter names none. */
export function operatorsOf(kind: Kind): readonly Operator[] {
  if (kind.list) return LISTS;
  switch (kind.name) {
    case 'json':
      return JSONS;
    case 'text':
      return [...ORDERED, ...LIKE];
    case 'boolean':
    case 'bytes':
      return EQUAL;
    case 'other':
      return ['is'];
    default:
      return ORDERED;
  }
}

const SIGNS: Partial<Record<Operator, string>> = {
  eq: '=',
  neq: '<>',
  distinct: 'IS DISTINCT FROM',
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
};

const WORDS: Readonly<Record<string, string>> = {
  null: 'IS NULL',
  notnull: 'IS NOT NULL',
  true: 'IS TRUE',
  false: 'IS FALSE',
};

const LIST_MOST = 1_000;

/** What a condition compares: a column, or a place inside a JSON column. */
export interface Compared {
  readonly kind: Kind;
  readonly sql: string;
  /** The parameter, for faults. */
  readonly name: string;
}

/** The SQL of one comparison. Faults are noted in the statement. */
export function comparison(
  statement: Statement,
  { kind, sql, name }: Compared,
  operator: Operator,
  text: string,
): string {
  const fault = (expected: string) => statement.fault(name, 'VALUE', `Expected ${expected}.`);
  const type = comparedType(kind);
  const read = (one: string) => readCompared(kind, one);

  if (operator === 'is') {
    const empty = kind.list && text === 'empty' ? `= '{}'` : undefined;
    const word = empty ?? (kind.name !== 'boolean' && /^(true|false)$/.test(text) ? undefined : WORDS[text]);
    return word
      ? `${sql} ${word}`
      : fault(
          `null or notnull${kind.list ? ' or empty' : kind.name === 'boolean' ? ' or true or false' : ''}`,
        );
  }
  if (kind.name === 'json') return jsonComparison(statement, { kind, sql, name }, operator, text);
  if ((LIKE as readonly string[]).includes(operator)) {
    if (!isStorable(text)) return fault('text without NUL or broken characters');
    const insensitive = operator.startsWith('i');
    const escaped = text.replace(/[\\%_]/g, '\\$&');
    const [before, after] = PLACES[operator.replace(/^i/, '')]!;
    return `${sql}::text ${insensitive ? 'ILIKE' : 'LIKE'} ${statement.param(before + escaped + after, 'text')}`;
  }
  if (
    operator === 'in' ||
    operator === 'nin' ||
    operator === 'between' ||
    (kind.list && operator !== 'has')
  ) {
    const items = splitList(text);
    if (!items || items.length > LIST_MOST) return fault(`at most ${LIST_MOST} values, parted by commas`);
    const values = items.map(read);
    const wrong = values.find((v) => 'expected' in v);
    if (wrong && 'expected' in wrong) return fault(`${wrong.expected}, in a list`);
    const ready = values.map((v) => (v as { value: string }).value);
    if (operator === 'between') {
      if (ready.length !== 2) return fault('two values, parted by a comma');
      return `${sql} BETWEEN ${statement.param(ready[0]!, type)} AND ${statement.param(ready[1]!, type)}`;
    }
    const array = statement.param(arrayText(ready), `${type}[]`);
    if (operator === 'in') return `${sql} = ANY (${array})`;
    if (operator === 'nin') return `${sql} <> ALL (${array})`;
    const sign = { eq: '=', neq: '<>', hasany: '&&', hasall: '@>', within: '<@' }[operator as 'eq'];
    return `${sql} ${sign} ${array}`;
  }
  const value = read(text);
  if ('expected' in value) return fault(value.expected);
  if (operator === 'has') return `${sql} @> ${statement.param(arrayText([value.value]), `${type}[]`)}`;
  return `${sql} ${SIGNS[operator]} ${statement.param(value.value, type)}`;
}

const PLACES: Readonly<Record<string, readonly [string, string]>> = {
  contains: ['%', '%'],
  startswith: ['', '%'],
  endswith: ['%', ''],
  eq: ['', ''],
};

/** Without the length or scale of the column, to which a cast would cut or round what is compared. */
export function comparedType(kind: Kind): string {
  if (kind.name === 'text') return kind.sql.startsWith('char') ? 'bpchar' : 'text';
  return kind.name === 'enum' ? `public.${kind.sql}` : kind.sql.replace(/\(.*\)$/, '');
}

function readCompared(kind: Kind, text: string) {
  if (kind.name === 'decimal') return readScalar({ ...kind, precision: 200, scale: 100 }, text);
  const day = kind.name === 'timestamp' && /^\d{4}-\d{2}-\d{2}$/.test(text);
  return readScalar(kind, day ? `${text}T00:00:00Z` : text);
}

function jsonComparison(
  statement: Statement,
  { sql, name }: Compared,
  operator: Operator,
  text: string,
): string {
  if (!isStorable(text) || text.includes('\\u0000'))
    return statement.fault(name, 'VALUE', 'Expected text without NUL or broken characters.');
  if (operator === 'contains') {
    const escaped = text.replace(/[\\%_]/g, '\\$&');
    return `(${sql} #>> '{}') ILIKE ${statement.param(`%${escaped}%`, 'text')}`;
  }
  return `${sql} ${SIGNS[operator]} ${statement.param(jsonOf(text), 'jsonb')}`;
}

/** JSON where the text is JSON that PostgreSQL takes, else the text as a JSON string: `tier.eq=gold` means "gold". */
function jsonOf(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    const again = JSON.stringify(value);
    return again.isWellFormed() && !/\\u(0000|d[89a-f])/i.test(again)
      ? again
      : JSON.stringify(text.replace(/\\/g, ''));
  } catch {
    return JSON.stringify(text);
  }
}
