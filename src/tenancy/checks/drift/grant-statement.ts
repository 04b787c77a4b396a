import { quoteIdent as q } from '../../../database/quote.ts';
import { sqlName } from '../facts/names.ts';

const OPTION = ' with grant option';

/** Privileges on a table, view or sequence: `<role> <relation>` with `select, update(a,b), delete with grant option`. */
export function grantsSql(name: string, expected: string, change: string): string {
  const at = name.indexOf(' ');
  const [role, on] = [to(name.slice(0, at)), sqlName(name.slice(at + 1))];
  const given = expected === '' ? [] : expected.split(/, (?![^(]*\))/);
  const grant = (list: readonly string[], option: string) =>
    list.length === 0 ? [] : [`GRANT ${list.map(privilege).join(', ')} ON ${on} TO ${role}${option};`];
  return [
    ...(change === 'missing' ? [] : [`REVOKE ALL ON ${on} FROM ${role};`]),
    ...grant(
      given.filter((g) => !g.endsWith(OPTION)),
      '',
    ),
    ...grant(
      given.filter((g) => g.endsWith(OPTION)),
      ' WITH GRANT OPTION',
    ),
  ].join(' ');
}

/** Who may execute a function: `a, b with grant option`, or `nobody`. */
export function callersSql(name: string, expected: string, actual: string): string[] {
  const list = (text: string) => (text === 'nobody' || text === '' ? [] : text.split(', '));
  const bare = (caller: string) => to(caller.replace(OPTION, ''));
  // A function that is made anew is open to everybody.
  const gone = new Set(['PUBLIC', ...list(actual).map(bare)]);
  return [
    `REVOKE ALL ON FUNCTION ${name} FROM ${[...gone].join(', ')};`,
    ...list(expected).map(
      (c) =>
        `GRANT EXECUTE ON FUNCTION ${name} TO ${bare(c)}${c.endsWith(OPTION) ? ' WITH GRANT OPTION' : ''};`,
    ),
  ];
}

/** Owner and privileges of a schema, a line for each holder. */
export function schemaSql(name: string, expected: string, actual: string): string {
  const owner = /^owner (.+)/.exec(expected)?.[1];
  const wasOwner = /^owner (.+)/.exec(actual)?.[1];
  return [
    ...(owner && actual === '' ? [`CREATE SCHEMA IF NOT EXISTS ${q(name)};`] : []),
    ...(owner && owner !== wasOwner ? [`ALTER SCHEMA ${q(name)} OWNER TO ${q(owner)};`] : []),
    ...changed(
      expected,
      actual,
      (verb, privileges, role, option) =>
        `${verb} ${privileges} ON SCHEMA ${q(name)} ${verb === 'GRANT' ? 'TO' : 'FROM'} ${role}${option};`,
    ),
  ].join(' ');
}

/** Default privileges: `<role> <kind>[ <schema>]`, a line for each holder. */
export function defaultsSql(name: string, expected: string, actual: string): string {
  const [role = '', kind = '', schema] = name.split(' ');
  const head = `ALTER DEFAULT PRIVILEGES FOR ROLE ${q(role)}${schema ? ` IN SCHEMA ${q(schema)}` : ''}`;
  return changed(
    expected,
    actual,
    (verb, privileges, holder, option) =>
      `${head} ${verb} ${privileges} ON ${kind.toUpperCase()} ${verb === 'GRANT' ? 'TO' : 'FROM'} ${holder}${option};`,
  ).join(' ');
}

/** What leads from the holders that are to those that should be; who keeps the same is left alone. */
function changed(
  expected: string,
  actual: string,
  write: (verb: 'GRANT' | 'REVOKE', privileges: string, role: string, option: string) => string,
): string[] {
  const [wanted, had] = [holders(expected), holders(actual)];
  const revoked = [...had]
    .filter(([role, list]) => wanted.get(role) !== list)
    .map(([role]) => write('REVOKE', 'ALL', to(role), ''));
  const granted = [...wanted]
    .filter(([role, list]) => had.get(role) !== list)
    .flatMap(([role, list]) =>
      list
        .split(', ')
        .map((p) => write('GRANT', privilege(p), to(role), p.endsWith(OPTION) ? ' WITH GRANT OPTION' : '')),
    );
  return [...revoked, ...granted];
}

function holders(text: string): Map<string, string> {
  const lines = text.split('\n').flatMap((line) => {
    const [, role, list] = /^(.+?): (.+)$/.exec(line) ?? [];
    return role && list ? [[role, list] as const] : [];
  });
  return new Map(lines);
}

/** `update(a,b) with grant option` → `UPDATE (a, b)` */
function privilege(text: string): string {
  const [, word = '', columns] = /^(\w+)(?:\((.*)\))?/.exec(text) ?? [];
  return `${word.toUpperCase()}${columns ? ` (${columns.split(',').map(q).join(', ')})` : ''}`;
}

function to(role: string): string {
  return role === 'public' ? 'PUBLIC' : q(role);
}
