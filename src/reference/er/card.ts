import type { ReferenceColumn, ReferenceModel, ReferenceRelation, ReferenceSource } from '../source.ts';
import { textWidth } from './text-width.ts';

/** One line of a card. `relation` is set on the line where a foreign key is drawn from. */
export interface CardRow {
  readonly marks: readonly ('PK' | 'FK' | 'U')[];
  readonly label: string;
  readonly type: string;
  readonly relation?: ReferenceRelation;
  /** Set when the target is a model of another module: it is drawn as a stub beside the line. */
  readonly stub?: string;
}

/** A model as the diagram shows it; sizes in pixels. `gutter` is the room for stubs left of the box. */
export interface Card {
  readonly model: ReferenceModel;
  readonly rows: readonly CardRow[];
  readonly hidden: number;
  readonly gutter: number;
  readonly width: number;
  readonly height: number;
}

export const CARD = { header: 42, row: 20, footer: 20, padding: 10, marks: 44, end: 22 } as const;
export const STUB = { height: 16, padding: 7, line: 28, size: 10 } as const;
export const SIZE = { name: 13, table: 10, row: 11, mark: 8.5, small: 10 } as const;

const MOST_ROWS = 10;
const MOST_ENUMS = 3;
const MOST_NAMING = 2;

/** Chooses the lines that tell what a model is (keys, links, states, what names it) and measures the box. */
export function cardOf(model: ReferenceModel, source: ReferenceSource): Card {
  const rows = rowsOf(model, source);
  const shown = new Set(rows.flatMap((row) => row.label.split(', ')));
  const hidden = model.columns.filter((column) => !shown.has(column.field)).length;
  const lines = rows.map(
    (row) =>
      CARD.marks + textWidth(row.label, SIZE.row) + 18 + textWidth(row.type, SIZE.small) + CARD.padding,
  );
  const heading = Math.max(
    textWidth(model.name, SIZE.name, { bold: true }),
    textWidth(model.table, SIZE.table),
  );
  const stubs = rows.flatMap((row) => (row.stub ? [stubWidth(row.stub)] : []));
  return {
    model,
    rows,
    hidden,
    gutter: stubs.length === 0 ? 0 : Math.ceil(Math.max(...stubs) + STUB.line - CARD.end),
    width: Math.ceil(Math.max(190, heading + 2 * CARD.padding, ...lines)),
    height: CARD.header + rows.length * CARD.row + (hidden > 0 ? CARD.footer : 6),
  };
}

export function stubWidth(name: string): number {
  return Math.ceil(textWidth(name, STUB.size) + 2 * STUB.padding);
}

/** The relations a diagram draws: all but those to the tenant, which nearly every model has, in other modules. */
export function drawnRelations(model: ReferenceModel, source: ReferenceSource): ReferenceRelation[] {
  return model.relations.filter(({ columns, target }) => {
    const toTenant = columns.length === 1 && columns[0] === model.tenantColumn;
    return !toTenant || source.models.some((it) => it.name === target && it.module === model.module);
  });
}

function rowsOf(model: ReferenceModel, source: ReferenceSource): CardRow[] {
  const relations = drawnRelations(model, source);
  const own = (columns: readonly string[]) => columns.filter((column) => column !== model.tenantColumn);
  const primary = model.keys.find((key) => key.kind === 'primary')?.columns ?? [];
  const unique = model.keys
    .filter((key) => key.kind === 'unique' && !own(key.columns).every((column) => primary.includes(column)))
    .flatMap((key) => own(key.columns));
  const field = (column: string) => model.columns.find((it) => it.column === column)?.field ?? column;
  const marksOf = (columns: readonly string[], foreign: boolean): CardRow['marks'] => [
    ...(columns.some((column) => primary.includes(column)) ? (['PK'] as const) : []),
    ...(foreign ? (['FK'] as const) : []),
    ...(columns.some((column) => unique.includes(column)) &&
    !columns.some((column) => primary.includes(column))
      ? (['U'] as const)
      : []),
  ];

  const foreign = relations.map((relation): CardRow => {
    const columns = distinctive(relation, relations);
    const target = source.models.find((it) => it.name === relation.target);
    return {
      marks: marksOf(columns, true),
      label: columns.map(field).join(', '),
      type: relation.optional ? 'optional' : '',
      relation,
      ...(target?.module === model.module ? {} : { stub: relation.target }),
    };
  });
  const linked = new Set(relations.flatMap((relation) => relation.ownColumns));
  const plain = (column: ReferenceColumn): CardRow => ({
    marks: marksOf([column.column], false),
    label: column.field,
    type: `${shortType(column)}${column.nullable ? '?' : ''}`,
  });
  const free = model.columns.filter(
    (column) => !linked.has(column.column) && column.column !== model.tenantColumn,
  );
  const isKey = (column: ReferenceColumn) => primary.includes(column.column);
  const keys = free.filter(isKey);
  const uniques = free.filter((column) => unique.includes(column.column) && !isKey(column));
  const rest = free.filter((column) => !isKey(column) && !unique.includes(column.column));
  const naming = rest.filter((column) => namesTheRow(column)).slice(0, MOST_NAMING);
  const states = rest.filter((column) => column.enumName && !naming.includes(column)).sort(statusFirst);

  const fixed = keys.length + foreign.length;
  const chosen = [...uniques, ...naming, ...states.slice(0, MOST_ENUMS)].slice(
    0,
    Math.max(2, MOST_ROWS - fixed),
  );
  return [
    ...keys.map(plain),
    ...foreign,
    ...model.columns.filter((column) => chosen.includes(column)).map(plain),
  ];
}

/** Enums by the name of their model; precision of times and the arguments of numbers say nothing here. */
function shortType(column: ReferenceColumn): string {
  const list = column.type.endsWith('[]') ? '[]' : '';
  return column.enumName ? `${column.enumName}${list}` : column.type.replace(/\(.*?\)/, '');
}

/** Own columns of a relation that no shorter relation shows already: of (loop_id, document_id) the second. */
function distinctive(relation: ReferenceRelation, all: readonly ReferenceRelation[]): readonly string[] {
  const elsewhere = new Set(
    all
      .filter((other) => other.ownColumns.length < relation.ownColumns.length)
      .flatMap((it) => it.ownColumns),
  );
  const left = relation.ownColumns.filter((column) => !elsewhere.has(column));
  return left.length > 0 ? left : relation.ownColumns;
}

/** What a row must say by itself: required, without default, and no bulk data. */
function namesTheRow(column: ReferenceColumn): boolean {
  return !column.nullable && column.default === undefined && !/^(jsonb?|bytea)|\[\]$/.test(column.type);
}

function statusFirst(a: ReferenceColumn, b: ReferenceColumn): number {
  return Number(b.field === 'status') - Number(a.field === 'status');
}
