import type { DocLine, Place } from './scanner.ts';

export const OPERATIONS = ['select', 'insert', 'update', 'delete'] as const;
export type Operation = (typeof OPERATIONS)[number];

export type ScopeName =
  | 'tenant-root'
  | 'tenant'
  | 'tenant-user'
  | 'catalogue'
  | 'identity'
  | 'platform'
  | 'ingest'
  | 'tenant-or-user'
  | 'child';

/** An operation with the columns it is limited to, if any. */
export interface Target {
  readonly operation: Operation;
  readonly columns?: readonly string[];
}

export type Annotation = { readonly place: Place } & (
  | { readonly kind: 'scope'; readonly scope: ScopeName; readonly argument?: string }
  | {
      readonly kind: 'allow';
      readonly targets: readonly Target[];
      readonly role: string;
      readonly using: string;
      readonly check?: string;
    }
  | { readonly kind: 'deny'; readonly targets: readonly Target[]; readonly role: string }
  | { readonly kind: 'check'; readonly name?: string; readonly sql: string }
  | { readonly kind: 'length' | 'range' | 'format'; readonly argument: string }
  | { readonly kind: 'changelog' }
  | { readonly kind: 'hidden' }
  | { readonly kind: 'unlogged'; readonly reason: string }
  | {
      readonly kind: 'index';
      readonly unique: boolean;
      readonly nullsNotDistinct: boolean;
      readonly name?: string;
      readonly columns: string;
      readonly method?: string;
      readonly where?: string;
      readonly purpose?: string;
    }
);

/** A fault in an annotation, shown as `file:line: message`. */
export interface Fault {
  readonly place: Place;
  readonly message: string;
}

const MODEL_KINDS = ['scope', 'allow', 'deny', 'check', 'index', 'unique', 'changelog', 'unlogged'];
const FIELD_KINDS = ['check', 'length', 'range', 'format', 'hidden'];
const SCOPE = /^([a-z-]+)(?:\((.*)\))?$/s;
const SCOPES: Record<ScopeName, 'none' | 'optional' | 'required'> = {
  'tenant-root': 'none',
  tenant: 'optional',
  'tenant-user': 'required',
  catalogue: 'required',
  identity: 'optional',
  platform: 'required',
  ingest: 'none',
  'tenant-or-user': 'required',
  child: 'required',
};

/**
 * Reads the annotations among doc lines. `on` says where they stand, for not every annotation fits
 * everywhere. Faults are collected rather than thrown, so that a person sees all of them at once.
 */
export function parseAnnotations(
  docs: readonly DocLine[],
  on: 'model' | 'field',
  faults: Fault[],
): { annotations: Annotation[]; description: string } {
  const annotations: Annotation[] = [];
  const description: string[] = [];
  for (const { text, place } of docs) {
    if (!text.startsWith('@')) {
      description.push(text);
      continue;
    }
    const [, name = '', body = ''] = /^@([\w-]*)\s*(.*)$/s.exec(text) ?? [];
    const known = on === 'model' ? MODEL_KINDS : FIELD_KINDS;
    if (!known.includes(name)) {
      faults.push({ place, message: unknownAnnotation(name, on, known) });
      continue;
    }
    const parsed = parseBody(name, body.trim(), on);
    if (typeof parsed === 'string') faults.push({ place, message: `@${name}: ${parsed}` });
    else annotations.push({ ...parsed, place } as Annotation);
  }
  return { annotations, description: description.join('\n').trim() };
}

function unknownAnnotation(name: string, on: 'model' | 'field', known: string[]): string {
  const elsewhere = on === 'model' ? FIELD_KINDS : MODEL_KINDS;
  const list = known.map((k) => `@${k}`).join(', ');
  if (elsewhere.includes(name)) {
    return `@${name} belongs on a ${on === 'model' ? 'field' : 'model'}, not on a ${on}. Here you can use ${list}`;
  }
  return `unknown annotation @${name}. On a ${on} you can use ${list}`;
}

type Unplaced = Annotation extends infer A ? (A extends unknown ? Omit<A, 'place'> : never) : never;

function parseBody(name: string, body: string, on: 'model' | 'field'): Unplaced | string {
  switch (name) {
    case 'scope':
      return parseScope(body);
    case 'allow':
      return parseAllow(body);
    case 'deny': {
      const head = parseHead(body);
      return typeof head === 'string' ? head : { kind: 'deny', ...head };
    }
    case 'check':
      return parseCheck(body, on);
    case 'changelog':
    case 'hidden':
      return body === '' ? { kind: name } : 'takes no value';
    case 'unlogged': {
      const [, reason] = /^--\s*(\S.*)$/s.exec(body) ?? [];
      return reason ? { kind: 'unlogged', reason } : 'say why: "@unlogged -- <reason>"';
    }
    case 'index':
    case 'unique':
      return parseIndex(body, name === 'unique');
    default:
      return body === ''
        ? 'says nothing; give a value'
        : { kind: name as 'length' | 'range' | 'format', argument: body };
  }
}

function parseScope(body: string): Unplaced | string {
  const [, scope = '', argument] = SCOPE.exec(body) ?? [];
  if (!(scope in SCOPES)) return `unknown scope "${body}". Scopes are ${Object.keys(SCOPES).join(', ')}`;
  const value = SCOPES[scope as ScopeName];
  if (value === 'required' && !argument?.trim())
    return `the scope ${scope} needs a value in parentheses, see docs/annotations.md`;
  if (value === 'none' && argument !== undefined) return `the scope ${scope} takes no value`;
  return { kind: 'scope', scope: scope as ScopeName, ...(argument ? { argument: argument.trim() } : {}) };
}

function parseAllow(body: string): Unplaced | string {
  const colon = topLevelIndex(body, ':');
  if (colon < 0) return 'write "<operations> [to <role>]: <condition>"';
  const head = parseHead(body.slice(0, colon));
  if (typeof head === 'string') return head;
  const rest = body.slice(colon + 1);
  const arrow = topLevelIndex(rest, '=>');
  const using = (arrow < 0 ? rest : rest.slice(0, arrow)).trim();
  const check = arrow < 0 ? undefined : rest.slice(arrow + 2).trim();
  if (using === '' || check === '') return 'the condition is empty';
  if (check !== undefined && !head.targets.some((t) => t.operation === 'update')) {
    return 'a condition on the new row ("=>") is for update only';
  }
  return { kind: 'allow', ...head, using, ...(check === undefined ? {} : { check }) };
}

function parseHead(head: string): { targets: Target[]; role: string } | string {
  const [, list = '', role = 'app'] = /^(.*?)(?:\s+to\s+(\w+))?$/s.exec(head.trim()) ?? [];
  const targets: Target[] = [];
  for (const item of splitTopLevel(list)) {
    const [, operation = '', columns] = /^(\w+)\s*(?:\((.*)\))?$/s.exec(item) ?? [];
    if (!OPERATIONS.includes(operation as Operation)) {
      return `"${item}" is no operation. Operations are ${OPERATIONS.join(', ')}`;
    }
    if (columns !== undefined && operation !== 'update') return 'columns can be named for update only';
    targets.push({
      operation: operation as Operation,
      ...(columns === undefined ? {} : { columns: splitTopLevel(columns) }),
    });
  }
  return { targets, role };
}

function parseCheck(body: string, on: 'model' | 'field'): Unplaced | string {
  if (on === 'field') return body === '' ? 'the condition is empty' : { kind: 'check', sql: body };
  const [, name, sql] = /^([a-z][a-z0-9_]*)\s*:\s*(.+)$/s.exec(body) ?? [];
  return name && sql ? { kind: 'check', name, sql } : 'write "<name>: <SQL condition>"';
}

function parseIndex(body: string, unique: boolean): Unplaced | string {
  const [, name, distinct, rest = ''] =
    /^(?:(?!nulls\b)([a-z]\w*)\s+)?(nulls not distinct\s+)?(\(.*)$/is.exec(body) ?? [];
  const end = closingParenthesis(rest);
  if (end < 0) return 'write "[name] (columns) [where condition] [-- purpose]"';
  const [, method, where, purpose] =
    /^\s*(?:using\s+(\w+)\s*)?(?:where\s+(.*?))?(?:\s*--\s*(.*))?$/is.exec(rest.slice(end + 1)) ?? [];
  const tail = rest.slice(end + 1).trim();
  if (tail !== '' && !method && !where && purpose === undefined) return `cannot read "${tail}"`;
  return {
    kind: 'index',
    unique,
    nullsNotDistinct: distinct !== undefined,
    columns: rest.slice(1, end).trim(),
    ...(name ? { name } : {}),
    ...(method ? { method } : {}),
    ...(where ? { where: where.trim() } : {}),
    ...(purpose ? { purpose: purpose.trim() } : {}),
  };
}

function closingParenthesis(text: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')' && --depth === 0) return i;
  }
  return -1;
}

/** Index of `mark` outside parentheses and string literals, or -1. */
function topLevelIndex(text: string, mark: string): number {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === "'") quoted = !quoted;
    if (quoted) continue;
    if (c === '(') depth++;
    else if (c === ')') depth--;
    else if (depth === 0 && text.startsWith(mark, i)) return i;
  }
  return -1;
}

/** Splits at commas outside parentheses. */
export function splitTopLevel(list: string): string[] {
  const items: string[] = [];
  let rest = list;
  for (let at = topLevelIndex(rest, ','); at >= 0; at = topLevelIndex(rest, ',')) {
    items.push(rest.slice(0, at).trim());
    rest = rest.slice(at + 1);
  }
  return [...items, rest.trim()].filter((item) => item !== '');
}
