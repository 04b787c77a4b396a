import type { Difference } from '../../../database/catalogue.ts';
import { quoteIdent } from '../../../database/quote.ts';
import type { Boundary, BoundaryModel } from '../../boundary.ts';
import type { Piece } from '../../emit.ts';
import { sqlName } from '../facts/names.ts';
import type { DriftItem } from '../runner/check.ts';

/** What explains a difference: the declaration, and the statements that it compiles to. */
export interface Declaration {
  readonly boundary: Boundary;
  readonly pieces: readonly Piece[];
}

const KINDS: Record<string, string> = {
  rls: 'row security of',
  grants: 'privileges:',
  column: 'column',
  table: 'table',
};

/**
 * Says what each difference between declaration and database means and how to mend it. `expected` of a difference
 * is what the declaration compiles to, `actual` what the live database prints.
 */
export function explainDrift(differences: readonly Difference[], declaration: Declaration): DriftItem[] {
  const tables = new Set(
    differences
      .filter((d) => d.key.startsWith('table ') && d.change !== 'different')
      .map((d) => nameOf(d.key)),
  );
  // What stands on a table that is missing or unknown as a whole is told by the table alone.
  const told = differences.filter((d) => kindOf(d.key) === 'table' || !tables.has(tableOf(d)));
  return told.map((d) => {
    const kind = kindOf(d.key);
    const name = nameOf(d.key);
    return {
      ...d,
      kind,
      object: name,
      detail: detailOf(d, kind, name),
      remedy: remedyOf(d, kind, name, declaration),
    };
  });
}

function detailOf({ change, expected, actual }: Difference, kind: string, name: string): string {
  const subject = `${KINDS[kind] ?? kind} ${kind === 'grants' ? name.replace(' ', ' on ') : name}`;
  if (change === 'missing') return `${subject} is in the schema but not in the database`;
  if (change === 'unexpected') return `${subject} is in the database but not in the schema`;
  if (kind === 'function' || kind === 'view')
    return `${subject} differs: ${firstDifference(expected ?? '', actual ?? '')}`;
  return `${subject} differs: the schema says "${expected}", the database "${actual}"`;
}

function remedyOf(
  { key, change }: Difference,
  kind: string,
  name: string,
  { boundary, pieces }: Declaration,
): string {
  const model = boundary.models.find((m) => m.table === (kind === 'table' ? name : name.split('.')[0]));
  if (change === 'unexpected') return unexpectedRemedy(kind, name, model);
  const piece = pieces.find((p) => p.key === key);
  const statements =
    piece && ['policy', 'rls', 'grants', 'constraint', 'index', 'trigger'].includes(kind) ? piece : undefined;
  if (statements) {
    const first = change === 'different' && statements.drop !== '' ? `${statements.drop} ` : '';
    return `restore it as the owner: \`${oneLine(`${first}${statements.sql}`)}\``;
  }
  if (kind === 'function' || kind === 'view')
    return 'restore it: src/generated/boundary/boundary.sql has its statements; npm run db:migrate if it is new in the schema';
  const where = model ? ` as ${model.place.file} declares it` : '';
  return change === 'missing'
    ? `npm run db:apply applies what is pending; if nothing is, npm run db:migrate writes it${where}`
    : `npm run db:migrate if the schema is newer; otherwise change it back${where}`;
}

function unexpectedRemedy(kind: string, name: string, model: BoundaryModel | undefined): string {
  const [table = '', part = ''] = splitOnce(name, kind === 'grants' ? ' ' : '.');
  const on = sqlName(table);
  switch (kind) {
    case 'table':
      return `declare a model with a @scope for it, or drop it with its rows: \`DROP TABLE ${sqlName(name)};\``;
    case 'column':
      return `declare it in the model ${model?.model ?? table}${model ? ` (${model.place.file})` : ''}, or drop it with its values: \`ALTER TABLE ${on} DROP COLUMN ${quoteIdent(part)};\``;
    case 'enum':
      return `declare it, or: \`DROP TYPE ${sqlName(name)};\``;
    case 'constraint':
      return `declare it, or: \`ALTER TABLE ${on} DROP CONSTRAINT ${quoteIdent(part)};\``;
    case 'index':
      return `declare it with @@index or @index, or: \`DROP INDEX ${sqlName(name)};\``;
    case 'policy':
      return `declare it with @allow, or: \`DROP POLICY ${quoteIdent(part)} ON ${on};\``;
    case 'trigger':
      return `put it into an SQL file beside the models, or: \`DROP TRIGGER ${quoteIdent(part)} ON ${on};\``;
    case 'view':
      return `put it into an SQL file beside the models, or: \`DROP VIEW ${sqlName(name)};\``;
    case 'function':
      return `put it into an SQL file beside the models, or: \`DROP FUNCTION ${sqlName(name)};\``;
    case 'grants':
      return `declare it with @allow, or: \`REVOKE ALL ON ${sqlName(part)} FROM ${table === 'public' ? 'PUBLIC' : quoteIdent(table)};\``;
    default:
      return 'declare it, or take it away';
  }
}

/** The table that a difference belongs to; for what belongs to none, a name that no table has. */
function tableOf({ key, expected, actual }: Difference): string {
  const [kind, name] = [kindOf(key), nameOf(key)];
  if (kind === 'grants') return splitOnce(name, ' ')[1] ?? '';
  if (kind === 'index') {
    const label = / ON (?:ONLY )?([\w."]+) USING /.exec(expected ?? actual ?? '')?.[1] ?? '';
    return label.replaceAll('"', '').replace(/^public\./, '');
  }
  if (kind === 'rls') return name;
  if (!['column', 'constraint', 'policy', 'trigger'].includes(kind)) return '';
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

/** Without comments, so that it can be pasted as one line. */
function oneLine(sql: string): string {
  return sql
    .replaceAll(/^--.*$/gm, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
