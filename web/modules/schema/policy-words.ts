/** A policy as the server describes it. */
export interface Policy {
  readonly operation: string;
  readonly roles: readonly string[];
  readonly permissive: boolean;
  readonly using?: string | undefined;
  readonly check?: string | undefined;
}

export interface Grant {
  readonly role: string;
  readonly privilege: string;
  readonly columns?: readonly string[] | undefined;
}

export interface Access {
  readonly operation: Operation;
  /** A sentence without its subject’s “may”: `Members read all rows of their organization.` */
  readonly words: string;
  /** The conditions as PostgreSQL has them. */
  readonly sql: readonly string[];
}

export type Operation = 'select' | 'insert' | 'update' | 'delete';

const OPERATIONS: readonly Operation[] = ['select', 'insert', 'update', 'delete'];
const VERBS: Readonly<Record<Operation, string>> = {
  select: 'read',
  insert: 'add',
  update: 'change',
  delete: 'delete',
};
const CALL = (name: string) => `\\(?\\s*(?:select\\s+)?app\\.${name}\\(\\)\\s*\\)?`;

/** Splits at a word that stands outside brackets and quotes. */
export function splitTop(sql: string, word: 'AND' | 'OR'): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let from = 0;
  for (let i = 0; i < sql.length; i += 1) {
    const c = sql[i];
    if (c === "'") quoted = !quoted;
    else if (quoted) continue;
    else if (c === '(') depth += 1;
    else if (c === ')') depth -= 1;
    else if (depth === 0 && new RegExp(`^\\s${word}\\s`, 'i').test(sql.slice(i, i + word.length + 2))) {
      parts.push(sql.slice(from, i).trim());
      from = i + word.length + 2;
      i = from - 1;
    }
  }
  return [...parts, sql.slice(from).trim()];
}

const unwrapped = (sql: string): string => {
  let text = sql.trim();
  while (text.startsWith('(') && closes(text) === text.length - 1) text = text.slice(1, -1).trim();
  return text;
};

function closes(sql: string): number {
  let depth = 0;
  for (let i = 0; i < sql.length; i += 1) {
    if (sql[i] === '(') depth += 1;
    if (sql[i] === ')') {
      depth -= 1;
      if (depth === 0) return i;
    }
  }
  return -1;
}

const plain = (name: string): string => name.replaceAll('"', '').replaceAll('_', ' ');
const constant = (text: string): string =>
  text
    .trim()
    .replace(/^'|'(::[\w.]+)?$/g, '')
    .replaceAll('_', ' ')
    .toLowerCase();

/** What one condition asks of a row, in words; SQL that has no words of its own stays SQL. */
export function conditionWords(sql: string): string {
  const text = unwrapped(sql);
  const either = splitTop(text, 'OR');
  if (either.length > 1) return either.map(conditionWords).join(', or ');
  const all = splitTop(text, 'AND');
  if (all.length > 1) return all.map(conditionWords).join(' and ');
  if (/^true$/i.test(text)) return 'it is any row';
  const organization = new RegExp(`^"?(\\w+)"?\\s*=\\s*${CALL('current_organization_id')}$`, 'i').exec(text);
  if (organization) return 'it belongs to their organization';
  const user = new RegExp(`^"?(\\w+)"?\\s*=\\s*${CALL('current_user_id')}$`, 'i').exec(text);
  if (user)
    return user[1] === 'id' ? 'it is their own' : `they are its ${plain(user[1]!).replace(/ id$/, '')}`;
  if (new RegExp(`^${CALL('is_org_admin')}$`, 'i').test(text)) return 'they are an owner or admin';
  const isNull = /^"?(\w+)"?\s+IS\s+(NOT\s+)?NULL$/i.exec(text);
  if (isNull) return `its ${plain(isNull[1]!)} is ${isNull[2] ? 'filled in' : 'empty'}`;
  const equal = /^"?(\w+)"?\s*=\s*('[^']*'(?:::[\w."]+)?|true|false)$/i.exec(text);
  if (equal) return `its ${plain(equal[1]!)} is ${constant(equal[2]!)}`;
  const within = /^"?(\w+)"?\s+(NOT\s+)?IN\s*\((.*)\)$/is.exec(text);
  if (within)
    return `its ${plain(within[1]!)} is ${within[2] ? 'not ' : ''}${within[3]!.split(',').map(constant).join(' or ')}`;
  return `“${text}” holds`;
}

/** What a role may do with the rows of a table: each operation in a sentence, with its SQL. */
export function accessOf(role: string, policies: readonly Policy[], grants: readonly Grant[]): Access[] {
  return OPERATIONS.map((operation) => {
    const granted = grants.filter((g) => g.role === role && g.privilege === operation);
    const own = policies.filter(
      (p) => p.permissive && p.roles.includes(role) && (p.operation === 'all' || p.operation === operation),
    );
    const sql = own.map((p) => (operation === 'insert' ? (p.check ?? p.using) : p.using) ?? 'true');
    if (granted.length === 0 || own.length === 0)
      return { operation, words: `Nobody ${VERBS[operation]}s rows.`, sql: [] };
    const columns = granted.every((g) => g.columns) ? ' Only some of its columns.' : '';
    return { operation, words: `${sentence(operation, sql)}${columns}`, sql };
  });
}

function sentence(operation: Operation, sql: readonly string[]): string {
  const conditions = [...new Set(sql.map(conditionWords))];
  const verb = VERBS[operation];
  if (conditions.length === 1 && conditions[0] === 'it belongs to their organization')
    return `Members ${verb} all rows of their organization.`;
  if (conditions.length === 1 && conditions[0] === 'it is any row') return `Everybody may ${verb} every row.`;
  return `Members ${verb} a row where ${conditions.join(', or ')}.`;
}
