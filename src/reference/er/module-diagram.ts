import type { Viz } from '@viz-js/viz';
import type { ReferenceModule, ReferenceSource } from '../source.ts';
import { arrange } from './arrange.ts';
import { cardOf, drawnRelations } from './card.ts';
import { components, drawComponent } from './component.ts';
import { framed } from './frame.ts';
import { lineEntries, marksEntry, scopeEntries, stubEntry, wordsOnly } from './legend.ts';

const NOT_DRAWN =
  'not drawn: the tenant column, also where it is part of a key, and its key to the organization';

/** The entity-relationship diagram of one module as an SVG file. */
export function moduleDiagram(viz: Viz, source: ReferenceSource, module: ReferenceModule): string {
  const models = source.models.filter((model) => model.module === module.name);
  const cards = models.map((model) => cardOf(model, source));
  const drawn = components(cards).map((cards) => drawComponent(viz, cards));
  const whole = arrange(drawn);
  const names = models.map((model) => model.name).join(', ');
  const hasTenant = models.some((model) => model.relations.length > drawnRelations(model, source).length);
  const links = cards.flatMap((card) => card.rows.filter((row) => row.relation)).length;
  return framed({
    title: `${module.title}: entities and relationships`,
    subtitle: `${count(models.length, 'model')} · ${count(links, 'foreign key')}${hasTenant ? ' besides those to the organization' : ''}`,
    description: `The models ${names} with their key columns and the foreign keys between them.`,
    ...whole,
    legend: [
      ...scopeEntries(models.map((model) => model.scope)),
      ...lineEntries(),
      ...(cards.some((card) => card.gutter > 0) ? [stubEntry()] : []),
      marksEntry(),
      ...(hasTenant ? [wordsOnly(NOT_DRAWN)] : []),
    ],
  });
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
