import type { Difference } from '../../../database/catalogue.ts';
import { quoteIdent as q } from '../../../database/quote.ts';
import type { Piece } from '../../emit.ts';
import { sqlName } from '../facts/names.ts';
import { columnSql, enumSql } from './column-statement.ts';
import { callersSql, defaultsSql, grantsSql, schemaSql } from './grant-statement.ts';

/** A difference with its key taken apart. */
export interface Named extends Difference {
  readonly kind: string;
  readonly name: string;
}

/**
 * SQL that makes the object what the declaration says, from what the server printed on both sides. It is for an administrator:
 * objects belong to several roles. Undefined where rows, or what depends on the object, decide how it is done.
 */
export function statementFor(d: Named, piece: Piece | undefined): string | undefined {
  const { kind, name, change, expected = '', actual = '' } = d;
  const [table, part] = lastDot(name);
  const on = sqlName(table);
  if (change === 'unexpected') return dropFor(d);
  switch (kind) {
    case 'table':
      return change === 'different' ? tableSql(sqlName(name), expected, actual) : undefined;
    case 'rls':
      return `ALTER TABLE ${sqlName(name)} ${expected.startsWith('enabled') ? 'ENABLE' : 'DISABLE'} ROW LEVEL SECURITY, ${expected.endsWith('forced') ? 'FORCE' : 'NO FORCE'} ROW LEVEL SECURITY;`;
    case 'column':
      return columnSql(on, part, d);
    case 'enum':
      return enumSql(sqlName(name), d);
    case 'sequence':
      return change === 'different'
        ? `ALTER SEQUENCE ${sqlName(name)} OWNER TO ${q(wordAfter(expected, 'owner'))};`
        : undefined;
    case 'constraint':
      return constraintSql(on, q(part), d);
    case 'index':
      if (`${expected} invalid` === actual) return `REINDEX INDEX ${indexName(expected, name)};`;
      return `${change === 'different' ? `DROP INDEX ${indexName(expected, name)}; ` : ''}${expected};`;
    case 'policy':
      return `DROP POLICY IF EXISTS ${q(part)} ON ${on}; ${piece?.sql ?? policySql(on, q(part), expected)}`;
    case 'trigger':
      return triggerSql(on, q(part), expected, actual);
    case 'rule':
      return `${expected
        .replace(/^CREATE RULE/, 'CREATE OR REPLACE RULE')
        .replace(/;? enabled \w$/, '')
        .replace(/;?$/, ';')} ALTER TABLE ${on} ${stateOf(expected)} RULE ${q(part)};`;
    case 'view':
      return viewSql(sqlName(name), expected, actual);
    case 'function':
      return functionSql(sqlName(name), expected, actual);
    case 'grants':
      return grantsSql(name, expected, change);
    case 'schema':
      return schemaSql(name, expected, actual);
    case 'defaults':
      return defaultsSql(name, expected, actual);
    default:
      return undefined;
  }
}

function dropFor({ kind, name, actual = '' }: Named): string | undefined {
  const [table, part] = lastDot(name);
  const on = sqlName(table);
  switch (kind) {
    case 'column':
      return `ALTER TABLE ${on} DROP COLUMN ${q(part)};`;
    case 'enum':
      return `DROP TYPE ${sqlName(name)};`;
    case 'domain':
      return `DROP DOMAIN ${sqlName(name)};`;
    case 'constraint':
      return `ALTER TABLE ${on} DROP CONSTRAINT ${q(part)};`;
    case 'index':
      return `DROP INDEX ${indexName(actual, name)};`;
    case 'policy':
      return `DROP POLICY ${q(part)} ON ${on};`;
    case 'trigger':
      return `DROP TRIGGER ${q(part)} ON ${on};`;
    case 'rule':
      return `DROP RULE ${q(part)} ON ${on};`;
    case 'table':
      return `DROP TABLE ${sqlName(name)};`;
    case 'sequence':
      return `DROP SEQUENCE ${sqlName(name)};`;
    case 'view':
      return `DROP ${actual.includes('\nmaterialized\n') ? 'MATERIALIZED ' : ''}VIEW ${sqlName(name)};`;
    case 'function':
      return `DROP FUNCTION ${sqlName(name)};`;
    case 'grants':
      return grantsSql(name, '', 'unexpected');
    case 'defaults':
      return defaultsSql(name, '', actual);
    default:
      return undefined;
  }
}

function tableSql(table: string, expected: string, actual: string): string {
  const owner = wordAfter(expected, 'owner');
  const logged =
    expected.endsWith(' unlogged') === actual.endsWith(' unlogged')
      ? ''
      : ` ALTER TABLE ${table} SET ${expected.endsWith(' unlogged') ? 'UNLOGGED' : 'LOGGED'};`;
  return `${owner === wordAfter(actual, 'owner') ? '' : `ALTER TABLE ${table} OWNER TO ${q(owner)};`}${logged}`.trim();
}

function constraintSql(on: string, name: string, { change, expected = '', actual = '' }: Named): string {
  if (change === 'missing') return `ALTER TABLE ${on} ADD CONSTRAINT ${name} ${expected};`;
  if (`${expected} NOT VALID` === actual) return `ALTER TABLE ${on} VALIDATE CONSTRAINT ${name};`;
  if (`${expected} NOT ENFORCED` === actual) return `ALTER TABLE ${on} ALTER CONSTRAINT ${name} ENFORCED;`;
  return `ALTER TABLE ${on} DROP CONSTRAINT ${name}, ADD CONSTRAINT ${name} ${expected};`;
}

/** `permissive select to a, b using (…) check (…)` */
function policySql(on: string, name: string, printed: string): string | undefined {
  const [, mode, operation, roles, using, check] =
    /^(permissive|restrictive) (\w+) to (.+?)(?: using (.+?))?(?: check (.+))?$/s.exec(printed) ?? [];
  if (!mode || !operation || !roles) return undefined;
  const to = roles.split(', ').map((r) => (r === 'public' ? 'PUBLIC' : q(r)));
  return `CREATE POLICY ${name} ON ${on} AS ${mode.toUpperCase()} FOR ${operation.toUpperCase()} TO ${to.join(', ')}${using ? ` USING (${using})` : ''}${check ? ` WITH CHECK (${check})` : ''};`;
}

function triggerSql(on: string, name: string, expected: string, actual: string): string {
  const plain = (text: string) => text.replace(/ enabled \w$/, '');
  const state = `ALTER TABLE ${on} ${stateOf(expected)} TRIGGER ${name};`;
  if (plain(expected) === plain(actual)) return state;
  return `DROP TRIGGER IF EXISTS ${name} ON ${on}; ${plain(expected)};${expected === plain(expected) ? '' : ` ${state}`}`;
}

/** How a trigger or rule is switched, by the letter that is printed where it is not simply on. */
function stateOf(printed: string): string {
  const letter = / enabled (\w)$/.exec(printed)?.[1];
  return letter === 'D'
    ? 'DISABLE'
    : letter === 'R'
      ? 'ENABLE REPLICA'
      : letter === 'A'
        ? 'ENABLE ALWAYS'
        : 'ENABLE';
}

function viewSql(view: string, expected: string, actual: string): string | undefined {
  const read = (text: string) =>
    /^owner (.+?)\n(materialized\n)?(?:with (.+?)\n)?([\s\S]*)$/.exec(text) ?? [];
  const [, owner = '', materialized, options, body = ''] = read(expected);
  const [, wasOwner, , had, was] = read(actual);
  if (materialized) return undefined;
  const parts = [
    ...(body === was
      ? []
      : [`CREATE OR REPLACE VIEW ${view}${options ? ` WITH (${options})` : ''} AS\n${body}`]),
    ...(body === was && options !== had ? optionsSql(view, options, had) : []),
    ...(owner === wasOwner ? [] : [`ALTER VIEW ${view} OWNER TO ${q(owner)};`]),
  ];
  return parts.join('\n');
}

function optionsSql(view: string, wanted = '', had = ''): string[] {
  const names = (text: string) => text.split(', ').flatMap((o) => o.split('=')[0] || []);
  const gone = names(had).filter((n) => !names(wanted).includes(n));
  return [
    ...(gone.length > 0 ? [`ALTER VIEW ${view} RESET (${gone.join(', ')});`] : []),
    ...(wanted ? [`ALTER VIEW ${view} SET (${wanted});`] : []),
  ];
}

function functionSql(name: string, expected: string, actual: string): string | undefined {
  const read = (text: string) => /^([\s\S]*)owner (.+)\ncallers (.+)$/.exec(text) ?? [];
  const [, create = '', owner = '', callers = ''] = read(expected);
  const [, was, wasOwner, had = ''] = read(actual);
  // Overloaded functions are printed one behind the other.
  if (create.includes('\ncallers ')) return undefined;
  return [
    ...(create === was ? [] : [`${create.trim()};`]),
    ...(owner === wasOwner || (owner === '' && !wasOwner)
      ? []
      : [`ALTER FUNCTION ${name} OWNER TO ${q(owner)};`]),
    ...(callers === had ? [] : callersSql(name, callers, had)),
  ].join('\n');
}

function indexName(definition: string, name: string): string {
  const schema = / ON (?:ONLY )?("?[\w]+"?)\./.exec(definition)?.[1] ?? 'public';
  return `${schema}.${q(name)}`;
}

function lastDot(name: string): [string, string] {
  const at = name.lastIndexOf('.');
  return at < 0 ? [name, ''] : [name.slice(0, at), name.slice(at + 1)];
}

function wordAfter(text: string, word: string): string {
  return new RegExp(`(?:^|\\n)${word} (\\S+)`).exec(text)?.[1] ?? '';
}
