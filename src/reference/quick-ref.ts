import { link, page, prose, raw, table, text } from './markdown.ts';
import { moduleHeading, moduleLinks, opening, toDiagram, toModule, toSection } from './pages.ts';
import { SCOPES, scopeRank } from './scopes.ts';
import type { ReferenceModel, ReferenceModule, ReferenceSource } from './source.ts';

/** The page to keep open: counts, then each model with its table, scope, purpose and most important relations. */
export function quickRefPage(source: ReferenceSource): string {
  return page([
    opening(
      'Schema: quick reference',
      'quickRef',
      `${source.models.length} models and ${source.enums.length} enums in ${source.modules.length} modules.`,
    ),
    moduleLinks(source, 'quickRef'),
    `![How the modules refer to each other](${toDiagram('overview')})`,
    '## Counts',
    counts(source),
    scopes(source),
    ...source.modules.flatMap((module) => moduleBlocks(source, module)),
  ]);
}

function counts(source: ReferenceSource): string {
  const row = (label: string | { markdown: string }, models: readonly ReferenceModel[], enums: number) => [
    label,
    String(models.length),
    String(enums),
    String(sum(models, (it) => it.columns.length)),
    String(sum(models, (it) => it.keys.length)),
    String(sum(models, (it) => it.relations.length)),
    String(sum(models, (it) => it.checks.length)),
    String(sum(models, (it) => it.policies.length)),
  ];
  return table(
    ['Module', 'Models', 'Enums', 'Columns', 'Indexes', 'Foreign keys', 'Checks', 'Policies'],
    [
      ...source.modules.map((module) =>
        row(
          raw(link(module.title, toModule('models', module))),
          modelsOf(source, module),
          source.enums.filter((it) => it.module === module.name).length,
        ),
      ),
      row(raw('**All**'), source.models, source.enums.length),
    ],
  );
}

function scopes(source: ReferenceSource): string {
  const used = [...new Set(source.models.map((model) => model.scope))].sort(
    (a, b) => scopeRank(a) - scopeRank(b),
  );
  const rows = used.map((scope) => [
    raw(`\`${scope}\``),
    SCOPES[scope] ?? '',
    String(source.models.filter((model) => model.scope === scope).length),
  ]);
  return table(['Scope', 'Holds', 'Models'], rows);
}

function moduleBlocks(source: ReferenceSource, module: ReferenceModule): string[] {
  const enums = source.enums.filter((it) => it.module === module.name);
  return [
    `## ${moduleHeading(module)}`,
    `${link('Models', toModule('models', module))} · ${link('policies', toModule('policies', module))} · ${link('diagram', toDiagram(module.name))}`,
    table(
      ['Model', 'Table', 'Scope', 'Purpose', 'Refers to'],
      modelsOf(source, module).map((model) => [
        raw(link(model.name, toSection('models', model.name))),
        raw(`\`${model.table}\``),
        raw(link(model.scope, toSection('policies', model.name))),
        raw(prose(firstSentence(model.description))),
        raw(keyRelations(model)),
      ]),
    ),
    enums.length === 0
      ? ''
      : `Enums: ${enums.map((it) => link(it.name, toSection('enums', it.name))).join(', ')}`,
  ];
}

/** Targets with the fields that point there; the tenant, to which nearly everything belongs, is left out. */
function keyRelations(model: ReferenceModel): string {
  const fields = new Map<string, string[]>();
  for (const relation of model.relations) {
    if (relation.columns.length === 1 && relation.columns[0] === model.tenantColumn) continue;
    fields.set(relation.target, [...(fields.get(relation.target) ?? []), relation.field]);
  }
  return [...fields]
    .map(([target, names]) => `${link(target, toSection('models', target))} (${names.map(text).join(', ')})`)
    .join(', ');
}

function firstSentence(description: string): string {
  return /^.*?[.:;](?=\s|$)/s.exec(description)?.[0].replace(/[:;]$/, '.') ?? description;
}

function modelsOf(source: ReferenceSource, module: ReferenceModule): ReferenceModel[] {
  return source.models.filter((model) => model.module === module.name);
}

function sum<T>(items: readonly T[], count: (item: T) => number): number {
  return items.reduce((total, item) => total + count(item), 0);
}
