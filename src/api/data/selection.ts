import { condition, type Rows } from './conditions.ts';
import type { DataField, DataModel, DataRelation } from './model.ts';
import { orderBy, readSort } from './sorting.ts';
import type { Statement } from './statement.ts';

/** What is shown of a row: its fields, and the relations that are expanded. */
export interface Selection {
  readonly fields: readonly DataField[];
  readonly expand: readonly Expansion[];
}

interface Expansion extends Selection {
  readonly relation: DataRelation;
  readonly limit: number;
  readonly sort: string | undefined;
  readonly filters: readonly (readonly [string, string])[];
}

/** Where nobody wants to see the rows. */
export const nothingOf = (model: DataModel): Selection => ({ fields: model.key, expand: [] });

const DEPTH = 3;
const LIST_DEFAULT = 20;
const LIST_MOST = 100;
/** Rows that one answer may hold, expanded ones counted at their limits. */
export const COST_MOST = 20_000;

/** Reads `fields` and `expand`. Faults are noted in the statement. */
export function readSelection(
  statement: Statement,
  model: DataModel,
  { fields, expand }: { fields?: string | undefined; expand?: string | undefined },
): Selection {
  const wanted = readFields(statement, model, fields, 'fields');
  if (!expand) return { fields: wanted, expand: [] };
  const nodes = readNodes({ text: expand, at: 0 });
  if (!nodes) {
    statement.fault(
      'expand',
      'VALUE',
      'Expected relations like deals(fields=id,title;limit=5).listing,assignee.',
    );
    return { fields: wanted, expand: [] };
  }
  return { fields: wanted, expand: expansions(statement, model, nodes, 1) };
}

function readFields(statement: Statement, model: DataModel, text: string | undefined, name: string) {
  if (text === undefined || text === '*') return model.fields;
  const names = text === '' ? [] : [...new Set(text.split(','))];
  if (names.length === 0) statement.fault(name, 'VALUE', 'Expected at least one field.');
  return names.flatMap((n) => {
    const field = model.field.get(n);
    if (!field) statement.fault(name, 'UNKNOWN', `${model.name} has no field "${n.slice(0, 100)}".`);
    return field ?? [];
  });
}

interface Node {
  readonly name: string;
  readonly options: Map<string, string>;
  readonly filters: (readonly [string, string])[];
  readonly children: Node[];
}

/** `name(option;option).child,name`: what a relation has in common with another of its name is joined. */
function readNodes(reader: { readonly text: string; at: number }): Node[] | undefined {
  const nodes: Node[] = [];
  for (const part of splitOutside(reader.text, ',')) {
    let level = nodes;
    for (const step of splitOutside(part, '.')) {
      const [, name, inner] = /^(\w+)(?:\((.*)\))?$/s.exec(step) ?? [];
      if (name === undefined) return undefined;
      let node = level.find((n) => n.name === name);
      if (!node) {
        node = { name, options: new Map(), filters: [], children: [] };
        level.push(node);
      }
      for (const option of inner ? splitOutside(inner, ';') : []) {
        const equals = option.indexOf('=');
        if (equals < 1) return undefined;
        const [key, value] = [option.slice(0, equals), option.slice(equals + 1)];
        if (key === 'fields' || key === 'limit' || key === 'sort') node.options.set(key, value);
        else node.filters.push([key, value]);
      }
      level = node.children;
    }
  }
  return nodes;
}

function splitOutside(text: string, separator: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const char of text) {
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    if (char === separator && depth === 0) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts;
}

function expansions(
  statement: Statement,
  model: DataModel,
  nodes: readonly Node[],
  depth: number,
): Expansion[] {
  return nodes.flatMap((node): Expansion[] => {
    const relation = model.relations.get(node.name);
    if (!relation || !statement.asker.mayRead(relation.target)) {
      statement.fault(
        'expand',
        'UNKNOWN',
        `${model.name} has no relation "${node.name}" that can be expanded.`,
      );
      return [];
    }
    if (depth > DEPTH) {
      statement.fault('expand', 'TOO_DEEP', `At most ${DEPTH} levels can be expanded.`);
      return [];
    }
    const limit = node.options.get('limit') ?? String(LIST_DEFAULT);
    if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > LIST_MOST)
      statement.fault('expand', 'VALUE', `"limit" of ${node.name} must be from 1 to ${LIST_MOST}.`);
    return [
      {
        relation,
        limit: relation.list ? Number(limit) || 1 : 1,
        sort: node.options.get('sort'),
        filters: node.filters,
        fields: readFields(statement, relation.target, node.options.get('fields'), 'expand'),
        expand: expansions(statement, relation.target, node.children, depth + 1),
      },
    ];
  });
}

/** Rows that an answer of `rows` rows may hold. */
export function costOf({ expand }: Selection, rows: number): number {
  return rows + expand.reduce((sum, e) => sum + costOf(e, rows * e.limit), 0);
}

/** Notes a fault where an answer would hold too many rows. */
export function boundCost(statement: Statement, selection: Selection, rows: number): void {
  const cost = costOf(selection, rows);
  if (cost <= COST_MOST) return;
  const said = `This could be ${cost.toLocaleString('en-US')} rows; at most ${COST_MOST.toLocaleString('en-US')} are allowed.`;
  statement.fault('expand', 'TOO_COSTLY', `${said} Lower the limits of page and relations.`);
}

/** The select list that shows a row. Relations are subqueries that look at nothing but the row's own. */
export function selectList(statement: Statement, alias: string, { fields, expand }: Selection): string {
  const columns = fields.map((f) => `${f.show(alias)} AS ${f.alias}`);
  const relations = expand.map((e) => `${expansionSql(statement, alias, e)} AS "${e.relation.name}"`);
  return [...columns, ...relations].join(', ');
}

function expansionSql(statement: Statement, near: string, e: Expansion): string {
  const far = statement.alias();
  const rows: Rows = { model: e.relation.target, alias: far };
  const conditions = [
    e.relation.join(near, far),
    ...e.filters.map(([name, value]) => condition(statement, rows, name, value)),
  ];
  const from = `FROM ${e.relation.target.table} AS ${far} WHERE ${conditions.join(' AND ')}`;
  const select = `SELECT ${selectList(statement, far, e)} ${from}`;
  if (!e.relation.list) return `(SELECT row_to_json(x) FROM (${select}) AS x)`;
  const sort = orderBy(readSort(statement, rows, e.sort));
  return `(SELECT coalesce(json_agg(row_to_json(x)), '[]') FROM (${select} ORDER BY ${sort} LIMIT ${e.limit}) AS x)`;
}
