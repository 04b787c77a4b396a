import type { AnyCollection } from '../../api/collection.ts';
import type { Option } from '../options.ts';

type Kind =
  | 'text'
  | 'email'
  | 'tel'
  | 'url'
  | 'area'
  | 'money'
  | 'integer'
  | 'decimal'
  | 'date'
  | 'datetime'
  | 'select'
  | 'member'
  | 'record'
  | 'tags'
  | 'checkbox'
  | 'json';

/** A field of a record as a form shows it. */
export interface FieldSpec {
  /** As the API names it. */
  readonly name: string;
  readonly label: string;
  readonly kind: Kind;
  readonly required?: boolean;
  readonly hint?: string;
  /** Takes half of the form’s width. */
  readonly half?: boolean;
  /** Of `select`. */
  readonly options?: readonly Option[];
  /** Of `record`: where it is found, and the field that names it. */
  readonly of?: { readonly collection: AnyCollection; readonly title: string };
  /** What a new record begins with. */
  readonly initial?: unknown;
}

export type Values = Record<string, unknown>;
type Row = Readonly<Record<string, unknown>>;

const two = (n: number): string => String(n).padStart(2, '0');

/** A moment as the wall clock of this browser, as an input of the type datetime-local takes it. */
export function wallClock(iso: string): string {
  const d = new Date(iso);
  const date = `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
  return `${date}T${two(d.getHours())}:${two(d.getMinutes())}`;
}

/** What a form shows of a record; without one, what a new one begins with. */
export function valuesOf(specs: readonly FieldSpec[], row: Row | undefined): Values {
  return Object.fromEntries(
    specs.map((spec) => [spec.name, shown(spec, row ? row[spec.name] : spec.initial)]),
  );
}

function shown({ kind }: FieldSpec, value: unknown): unknown {
  if (kind === 'tags') return value ?? [];
  if (kind === 'checkbox') return value === true;
  if (value === null || value === undefined) return '';
  if (kind === 'json') return JSON.stringify(value, undefined, 2);
  if (kind === 'datetime') return wallClock(value as string);
  return String(value);
}

/** What is sent of a form. What cannot be read stays as typed, so that the server says what is wrong with it. */
export function inputOf(specs: readonly FieldSpec[], values: Values): Row {
  return Object.fromEntries(specs.map((spec) => [spec.name, sent(spec, values[spec.name])]));
}

function sent({ kind }: FieldSpec, value: unknown): unknown {
  if (kind === 'tags' || kind === 'checkbox') return value;
  const text = typeof value === 'string' && kind !== 'area' ? value.trim() : value;
  if (text === '' || text === null || text === undefined) return null;
  if (kind === 'integer') return /^-?\d+$/.test(String(text)) ? Number(text) : text;
  if (kind === 'datetime') {
    const at = new Date(String(text));
    return Number.isNaN(at.getTime()) ? text : at.toISOString();
  }
  if (kind === 'json') {
    try {
      return JSON.parse(String(text));
    } catch {
      return text;
    }
  }
  return text;
}

/** Of a new record only what was filled in: the rest is left to the defaults of the schema. */
export function filledIn(input: Row): Row {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));
}
