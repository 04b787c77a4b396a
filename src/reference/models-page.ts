import { cell, code, link, page, paragraphs, prose, raw, table, text } from './markdown.ts';
import { moduleHeading, moduleLinks, opening, toDiagram, toSection } from './pages.ts';
import type { ReferenceColumn, ReferenceKey, ReferenceModel, ReferenceSource } from './source.ts';

/** Every model with its columns, keys, indexes, relations and checks. */
export function modelsPage(source: ReferenceSource): string {
  return page([
    opening(
      'Schema: models',
      'models',
      'Every table column by column. “Null” marks columns that may be empty. Deleting a row that others refer to follows ' +
        'the rule of the relation: Cascade deletes them too, Restrict refuses.',
    ),
    moduleLinks(source, 'models'),
    ...source.modules.flatMap((module) => [
      `## ${moduleHeading(module)}`,
      `![Entity relationships of ${module.title}](${toDiagram(module.name)})`,
      ...source.models
        .filter((model) => model.module === module.name)
        .flatMap((model) => modelBlocks(source, model)),
    ]),
  ]);
}

function modelBlocks(source: ReferenceSource, model: ReferenceModel): string[] {
  return [
    `### ${model.name}`,
    ...paragraphs(model.description),
    `Table ${code(model.table)} · scope ${link(model.scope, toSection('policies', model.name))}`,
    table(['Field', 'Column', 'Type', 'Null', 'Default', 'Notes'], model.columns.map(columnRow)),
    section('Keys and indexes', ['Kind', 'Columns', 'Purpose', 'Name'], model.keys.map(keyRow)),
    section('Refers to', ['Field', 'Target', 'Columns', 'On delete', 'Opposite'], outgoing(model)),
    section('Referred to by', ['Field', 'Model', 'Its field', 'On delete'], incoming(source, model)),
    section(
      'Checks across columns',
      ['Rule', 'Condition'],
      tableRules(model).map((check) => [cell(check.name), cell(check.sql)]),
    ),
  ];
}

function section(title: string, head: readonly string[], rows: Parameters<typeof table>[1]): string {
  return rows.length === 0 ? '' : `**${title}**\n\n${table(head, rows)}`;
}

function columnRow(column: ReferenceColumn) {
  const type = code(column.type, { inTable: true });
  const notes = [
    prose(column.description),
    column.check ? `check ${code(column.check, { inTable: true })}` : '',
  ].filter((note) => note !== '');
  return [
    column.field,
    cell(column.column),
    raw(column.enumName ? `[${type}](${toSection('enums', column.enumName)})` : type),
    column.nullable ? 'null' : '',
    cell(column.default ?? ''),
    raw(notes.join('; ')),
  ];
}

function keyRow(key: ReferenceKey) {
  const method = key.method && key.method !== 'btree' ? ` using ${text(key.method)}` : '';
  const where = key.where ? ` where ${code(key.where, { inTable: true })}` : '';
  const kind = { primary: 'primary key', unique: 'unique', index: 'index' }[key.kind];
  return [
    raw(`${kind}${key.nullsNotDistinct ? ', nulls not distinct' : ''}`),
    raw(`${code(key.columns.join(', '), { inTable: true })}${method}${where}`),
    raw(prose(key.purpose ?? '')),
    cell(key.name),
  ];
}

function outgoing(model: ReferenceModel) {
  return model.relations.map((relation) => [
    relation.field,
    raw(link(relation.target, toSection('models', relation.target))),
    raw(
      `${code(relation.columns.join(', '), { inTable: true })} → ${code(relation.targetColumns.join(', '), { inTable: true })}`,
    ),
    relation.onDelete,
    relation.opposite ?? '',
  ]);
}

function incoming(source: ReferenceSource, model: ReferenceModel) {
  return source.models.flatMap((other) =>
    other.relations
      .filter((relation) => relation.target === model.name)
      .map((relation) => [
        relation.opposite ?? '',
        raw(link(other.name, toSection('models', other.name))),
        relation.field,
        relation.onDelete,
      ]),
  );
}

/** Checks that no column shows in its notes. */
function tableRules(model: ReferenceModel) {
  const ofColumns = new Set(
    model.columns.filter((column) => column.check).map((column) => `${model.table}_${column.column}_check`),
  );
  return model.checks.filter((check) => !ofColumns.has(check.name));
}
