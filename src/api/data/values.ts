import type { FieldFault } from '../../errors.ts';
import type { DataField } from './model.ts';
import { isStorable, readScalar } from './scalars.ts';

/** Where a text has no bound of its own. */
const TEXT_MOST = 1_000_000;
const LIST_MOST = 2_000;
const JSON_DEPTH = 32;
const JSON_NODES = 100_000;

/** What judging a value needs to know beyond its field. */
export interface Judging {
  /** Path of the row in the input: empty, or `12.`. */
  readonly at: string;
  /** The tenant whose files a storage key may name. */
  readonly organizationId: string | undefined;
  readonly faults: FieldFault[];
}

/**
 * Judges a value of a body. Faults are gathered, so that a caller learns all of them at once.
 * @returns the value as PostgreSQL's json_to_recordset() takes it
 */
export function judge(field: DataField, value: unknown, judging: Judging): unknown {
  if (value === null) {
    if (!field.nullable) fault(judging, field.name, 'REQUIRED', 'This field cannot be null.');
    return null;
  }
  if (!field.kind.list) return judgeOne(field, value, field.name, judging);
  if (!Array.isArray(value)) return fault(judging, field.name, 'TYPE', 'Expected an array.');
  const most = field.rules.format === 'embedding' ? 1536 : LIST_MOST;
  if (value.length > most)
    return fault(judging, field.name, 'TOO_LONG', `At most ${most} items are allowed.`);
  if (field.rules.format === 'embedding' && value.length !== 0 && value.length !== 1536)
    return fault(judging, field.name, 'LENGTH', 'Expected no number or 1536 of them.');
  return value.map((item, i) =>
    item === null
      ? fault(judging, `${field.name}.${i}`, 'REQUIRED', 'Items cannot be null.')
      : judgeOne(field, item, `${field.name}.${i}`, judging),
  );
}

function fault({ at, faults }: Judging, path: string, code: string, message: string): undefined {
  faults.push({ field: `${at}${path}`, code, message });
  return undefined;
}

function judgeOne(field: DataField, value: unknown, path: string, judging: Judging): unknown {
  const { kind } = field;
  if (kind.name === 'json') return judgeJson(field, value, path, judging);
  const given = textOf(kind.name, value);
  // Addresses are kept in lower case, so that one person is one.
  const text = field.rules.format === 'email' ? given?.trim().toLowerCase() : given;
  if (text === undefined) return fault(judging, path, 'TYPE', `Expected ${JSON_TYPES[kind.name]}.`);
  const read = readScalar(kind, text);
  if ('expected' in read) return fault(judging, path, 'FORMAT', `Expected ${read.expected}.`);
  const said = kind.name === 'text' ? textFault(field, text, judging) : boundFault(field, read.value);
  if (said) return fault(judging, path, said[0], said[1]);
  return kind.name === 'boolean' ? value : read.value;
}

const JSON_TYPES: Readonly<Record<string, string>> = {
  integer: 'a whole number',
  float: 'a number',
  boolean: 'true or false',
  decimal: 'a decimal number as a string, like "450000.00"',
  bigint: 'a whole number, as a string where it exceeds 2^53',
  text: 'a string',
  enum: 'a string',
  uuid: 'a string',
  timestamp: 'a string',
  date: 'a string',
  bytes: 'a string',
  inet: 'a string',
};

/** The text of a JSON value of the right type. Numbers are taken for decimals and bigints where JSON kept them whole. */
function textOf(kind: string, value: unknown): string | undefined {
  switch (kind) {
    case 'boolean':
      return typeof value === 'boolean' ? String(value) : undefined;
    case 'integer':
      return Number.isSafeInteger(value) ? String(value) : undefined;
    case 'float':
      return typeof value === 'number' && Number.isFinite(value) ? plain(value) : undefined;
    case 'bigint':
      return Number.isSafeInteger(value) || typeof value === 'string' ? String(value) : undefined;
    case 'decimal':
      if (typeof value === 'string') return value;
      return typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER
        ? plain(value)
        : undefined;
    default:
      return typeof value === 'string' ? value : undefined;
  }
}

const plain = (value: number) => (Object.is(value, -0) ? '0' : String(value));

type Said = readonly [code: string, message: string];

function textFault(
  { rules, kind, nullable }: DataField,
  text: string,
  { organizationId }: Judging,
): Said | undefined {
  const most = Math.min(rules.maxLength ?? TEXT_MOST, kind.width ?? TEXT_MOST);
  // Code points, as char_length() counts them; only a text near its bound needs counting.
  const length =
    text.length > most || text.length < (rules.minLength ?? 0) * 2
      ? [...text.slice(0, most * 2 + 2)].length
      : text.length;
  if (length > most) return ['TOO_LONG', `At most ${most} characters are allowed.`];
  if (length < (rules.minLength ?? 0)) {
    const hint = nullable && length === 0 ? ' Write null where there is none.' : '';
    return ['TOO_SHORT', `At least ${rules.minLength} characters are needed.${hint}`];
  }
  const format = rules.format && FORMATS[rules.format];
  if (format && !format[0].test(text)) return ['FORMAT', `Expected ${format[1]}.`];
  if (rules.format === 'storage-key' && organizationId && !text.startsWith(`${organizationId}/`))
    return ['FORMAT', 'Expected the key of a file of this organization.'];
  return undefined;
}

/** As formats.ts of the compiler says them in SQL. */
const FORMATS: Readonly<Record<string, readonly [RegExp, string]>> = {
  email: [/^[\s\S]*[\s\S]@[\s\S][\s\S]*$/, 'an e-mail address'],
  url: [/^https?:\/\//, 'an address that begins with http:// or https://'],
  slug: [/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words of letters and digits, joined by hyphens'],
  currency: [/^[A-Z]{3}$/, 'a currency of three capitals (ISO 4217)'],
  country: [/^[A-Z]{2}$/, 'a country of two capitals (ISO 3166-1)'],
  zip: [/^[0-9]{5}(-[0-9]{4})?$/, 'a ZIP code'],
};

function boundFault({ rules, kind }: DataField, value: string): Said | undefined {
  if (rules.format === 'sha256' && kind.name === 'bytes' && value.length !== 66)
    return ['LENGTH', 'Expected the 32 bytes of a SHA-256 digest.'];
  if (kind.name === 'text' || kind.name === 'enum' || kind.name === 'uuid') return undefined;
  const n = Number(value);
  if (rules.min !== undefined && n < Number(rules.min))
    return ['TOO_SMALL', `At least ${rules.min} is allowed.`];
  if (rules.max !== undefined && n > Number(rules.max))
    return ['TOO_LARGE', `At most ${rules.max} is allowed.`];
  if (rules.exclusiveMin !== undefined && n <= Number(rules.exclusiveMin))
    return ['TOO_SMALL', `More than ${rules.exclusiveMin} is needed.`];
  if (rules.exclusiveMax !== undefined && n >= Number(rules.exclusiveMax))
    return ['TOO_LARGE', `Less than ${rules.exclusiveMax} is needed.`];
  return undefined;
}

function judgeJson(field: DataField, value: unknown, path: string, judging: Judging): unknown {
  const { format } = field.rules;
  if (format === 'json-object' && (typeof value !== 'object' || Array.isArray(value)))
    return fault(judging, path, 'TYPE', 'Expected an object.');
  if (format === 'json-array' && !Array.isArray(value))
    return fault(judging, path, 'TYPE', 'Expected an array.');
  const wrong = jsonFault(value, path);
  return wrong ? fault(judging, wrong[0], 'JSON', wrong[1]) : value;
}

/** The first thing in a JSON value that jsonb would not take, or that nobody means. */
function jsonFault(value: unknown, path: string): Said | undefined {
  let nodes = 0;
  const visit = (node: unknown, at: string, depth: number): Said | undefined => {
    nodes += 1;
    if (nodes > JSON_NODES)
      return [path, `At most ${JSON_NODES.toLocaleString('en-US')} values are allowed.`];
    if (depth > JSON_DEPTH) return [path, `At most ${JSON_DEPTH} levels are allowed.`];
    if (typeof node === 'string' && !isStorable(node))
      return [at, 'The text holds NUL or broken characters.'];
    if (typeof node === 'number' && !Number.isFinite(node)) return [at, 'The number is too large.'];
    if (typeof node !== 'object' || node === null) return undefined;
    for (const [key, item] of Object.entries(node)) {
      if (!isStorable(key)) return [at, 'A name holds NUL or broken characters.'];
      const found = visit(item, `${at}.${key}`, depth + 1);
      if (found) return found;
    }
    return undefined;
  };
  return visit(value, path, 1);
}
