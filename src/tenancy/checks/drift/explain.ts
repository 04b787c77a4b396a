import type { Difference } from '../../../database/catalogue.ts';
import type { Boundary, BoundaryModel } from '../../boundary.ts';
import type { Piece } from '../../emit.ts';
import type { DriftItem } from '../runner/check.ts';
import { type Named, statementFor } from './statement.ts';

/** What explains a difference: the declaration, and the statements that it compiles to. */
export interface Declaration {
  readonly boundary: Boundary;
  readonly pieces: readonly Piece[];
}

const KINDS: Record<string, string> = {
  rls: 'row security of',
  grants: 'privileges:',
  defaults: 'default privileges:',
};

/** Definitions of several lines, of which the first that differs is told. */
const LONG = ['function', 'view'];

/**
 * Says what each difference between declaration and database means and how to mend it. `expected` of a difference
 * is what the declaration compiles to, `actual` what the live database prints.
 */
export function explainDrift(differences: readonly Difference[], declaration: Declaration): DriftItem[] {
  const named = differences.map((d): Named => ({ ...d, kind: kindOf(d.key), name: nameOf(d.key) }));
  const tables = new Set(
    named.filter((d) => d.kind === 'table' && d.change !== 'different').map((d) => d.name),
  );
  // What stands on a table that is missing or unknown as a whole is told by the table alone.
  const told = named.filter((d) => d.kind === 'table' || !tables.has(tableOf(d)));
  const handed = new Set(told.filter(isHandedOver).map((d) => d.name));
  const grantsOf = (name: string) => told.filter((d) => d.kind === 'grants' && tableOf(d) === name);
  const statementOf = (d: Named) =>
    statementFor(
      d,
      declaration.pieces.find((p) => p.key === d.key),
    );
  // A new owner takes privileges with it, so they are part of giving the object back.
  return told
    .filter((d) => !(d.kind === 'grants' && handed.has(tableOf(d))))
    .map((d) => {
      const parts = isHandedOver(d) ? [d, ...grantsOf(d.name)] : [d];
      const statement = parts.map(statementOf).join(' ').trim();
      return {
        key: d.key,
        change: d.change,
        ...(d.expected === undefined ? {} : { expected: d.expected }),
        ...(d.actual === undefined ? {} : { actual: d.actual }),
        kind: d.kind,
        object: d.name,
        detail: detailOf(d),
        remedy: remedyOf(d, declaration, statement),
        ...(statement ? { statement: shape(d, statement) } : {}),
      };
    });
}

/** Whether an object belongs to another role than declared. */
function isHandedOver({ change, kind, expected, actual }: Named): boolean {
  const owner = (text = '') => /^owner (\S+)/.exec(text)?.[1];
  return (
    change === 'different' &&
    ['table', 'view', 'sequence'].includes(kind) &&
    owner(expected) !== owner(actual)
  );
}

function detailOf({ change, expected = '', actual = '', kind, name }: Named): string {
  const subject = `${KINDS[kind] ?? kind} ${kind === 'grants' ? name.replace(' ', ' on ') : name}`;
  if (change === 'missing') return `${subject} is in the schema but not in the database`;
  if (change === 'unexpected') return `${subject} is in the database but not in the schema`;
  if (LONG.includes(kind)) return `${subject} differs: ${firstDifference(expected, actual)}`;
  return `${subject} differs: the schema says "${inline(expected)}", the database "${inline(actual)}"`;
}

function remedyOf(d: Named, { boundary }: Declaration, statement: string): string {
  const table = d.kind === 'table' ? d.name : d.name.split('.')[0];
  const model = boundary.models.find((m) => m.table === table);
  const sql = statement ? `\`${shape(d, statement)}\`` : undefined;
  if (d.change === 'unexpected') return `${declareHint(d, model)}${sql ? `: ${sql}` : ''}`;
  if (sql) return `restore it as an administrator: ${sql}`;
  const where = model ? ` as ${model.place.file} declares it` : '';
  return d.change === 'missing'
    ? `npm run db:apply applies what is pending; if nothing is, npm run db:migrate writes it${where}`
    : `npm run db:migrate if the schema is newer; otherwise change it back${where}`;
}

/** How an object that nobody declared could be declared, up to the statement that takes it away. */
function declareHint({ kind, name }: Named, model: BoundaryModel | undefined): string {
  switch (kind) {
    case 'table':
      return 'declare a model with a @scope for it, or drop it with its rows';
    case 'column':
      return `declare it in the model ${model ? `${model.model} (${model.place.file})` : name.split('.')[0]}, or drop it with its values`;
    case 'index':
      return 'declare it with @@index or @index, or';
    case 'policy':
    case 'grants':
      return 'declare it with @allow, or';
    case 'trigger':
    case 'view':
    case 'function':
      return 'put it into an SQL file beside the models, or';
    default:
      return 'declare it, or take it away';
  }
}

/** The table that a difference belongs to; for what belongs to none, a name that no table has. */
function tableOf({ kind, name, expected, actual }: Named): string {
  if (kind === 'grants') return splitOnce(name, ' ')[1] ?? '';
  if (kind === 'index') {
    const label = / ON (?:ONLY )?([\w."]+) USING /.exec(expected ?? actual ?? '')?.[1] ?? '';
    return label.replaceAll('"', '').replace(/^public\./, '');
  }
  if (kind === 'rls') return name;
  if (!['column', 'constraint', 'policy', 'trigger', 'rule'].includes(kind)) return '';
  return name.split('.').slice(0, -1).join('.');
}

function kindOf(key: string): string {
  return splitOnce(key, ' ')[0]!;
}

function nameOf(key: string): string {
  return splitOnce(key, ' ')[1]!;
}

function splitOnce(text: string, mark: string): string[] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + mark.length)];
}

function firstDifference(expected: string, actual: string): string {
  const [left, right] = [expected.split('\n'), actual.split('\n')];
  const at = left.findIndex((line, i) => line !== right[i]);
  const line = at < 0 ? left.length : at;
  return `line ${line + 1} is "${left[line]?.trim() ?? ''}" in the schema, "${right[line]?.trim() ?? ''}" in the database`;
}

/** On one line and without comments, so that it can be pasted; the lines of a function's body are its own. */
function shape({ kind }: Named, sql: string): string {
  if (LONG.includes(kind)) return sql;
  return inline(sql.replaceAll(/^--.*$/gm, ''));
}

function inline(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
