import { cell, code, link, page, prose, raw, table } from './markdown.ts';
import { moduleHeading, moduleLinks, opening, toSection } from './pages.ts';
import type { ReferenceEnum, ReferenceSource } from './source.ts';

/** Every enum with its values in the order of the database (which is how they sort) and the columns that use it. */
export function enumsPage(source: ReferenceSource): string {
  const modules = source.modules.filter((module) => source.enums.some((it) => it.module === module.name));
  return page([
    opening(
      'Schema: enums',
      'enums',
      'Values stand in the order in which PostgreSQL sorts them. An enum that several modules use stands in the module that owns it.',
    ),
    moduleLinks({ ...source, modules }, 'enums'),
    ...modules.flatMap((module) => [
      `## ${moduleHeading(module)}`,
      ...source.enums.filter((it) => it.module === module.name).flatMap(enumBlocks),
    ]),
  ]);
}

function enumBlocks(it: ReferenceEnum): string[] {
  const described = it.values.some((value) => value.description !== '');
  return [
    `### ${it.name}`,
    prose(it.description),
    `Type ${code(it.type)}`,
    described
      ? table(
          ['Value', 'Meaning'],
          it.values.map((value) => [cell(value.name), raw(prose(value.description))]),
        )
      : it.values.map((value) => code(value.name)).join(' · '),
    `Used by ${it.usedBy.length === 0 ? 'nothing' : it.usedBy.map(usage).join(', ')}`,
  ];
}

function usage({ model, table: name, column }: ReferenceEnum['usedBy'][number]): string {
  return `${link(model, toSection('models', model))} (${code(`${name}.${column}`)})`;
}
