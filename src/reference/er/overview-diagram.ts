import type { Viz } from '@viz-js/viz';
import type { ReferenceModule, ReferenceSource } from '../source.ts';
import { arrange, type Drawn } from './arrange.ts';
import { CARD, STUB } from './card.ts';
import { connected } from './connected.ts';
import { framed } from './frame.ts';
import { type LayoutEdge, layOut } from './layout.ts';
import { scopeEntries } from './legend.ts';
import {
  drawModule,
  drawModuleLink,
  drawModuleStub,
  type ModuleCard,
  moduleCard,
  referenceMiddle,
} from './module-card.ts';
import { route } from './route.ts';
import { element } from './svg.ts';

/** A module that so many others refer to is a stub beside each of them; lines to it would cover the picture. */
const HUB = 5;

/** All modules with their models, and which module holds foreign keys to which. */
export function overviewDiagram(viz: Viz, source: ReferenceSource): string {
  const hubs = source.modules
    .filter((module) => referring(source, module) >= HUB)
    .map((module) => module.name);
  const cards = source.modules.map((module) => moduleCard(source, module, hubs));
  const parts = connected(cards, refersTo).map((group) => drawGroup(viz, group));
  const whole = arrange(parts);
  return framed({
    title: 'The modules and their models',
    subtitle: `${source.models.length} models in ${source.modules.length} modules`,
    description: `The modules ${source.modules.map((it) => it.title).join(', ')}, their models, and the foreign keys between modules.`,
    ...whole,
    legend: [
      ...scopeEntries(source.models.map((model) => model.scope)),
      {
        picture: drawModuleLink([
          { x: 0, y: 0 },
          { x: 40, y: 0 },
        ]),
        width: 40,
        words: 'the module on the right holds foreign keys to the one on the left',
      },
      {
        picture: element('rect', { x: 0, y: -7, width: 30, height: 14, rx: 7, class: 'stub' }),
        width: 30,
        words:
          'the same, to a module that most others refer to; keys to the organization itself are not counted',
      },
    ],
  });
}

function drawGroup(viz: Viz, cards: readonly ModuleCard[]): Drawn {
  const left = (card: ModuleCard) => card.gutter + CARD.end;
  const edges = cards.flatMap((card) =>
    card.references.flatMap(
      (reference, row): (LayoutEdge & { child: ModuleCard; row: number; target: string })[] =>
        reference.hub
          ? []
          : [
              {
                id: `${card.module.name}/${reference.target.name}`,
                from: [reference.target.name, 0],
                to: [card.module.name, 1 + row],
                child: card,
                row,
                target: reference.target.name,
              },
            ],
    ),
  );
  const layout = layOut(
    viz,
    cards.map((card) => ({
      id: card.module.name,
      width: left(card) + card.width + CARD.end,
      rows: [
        CARD.header,
        ...card.references.map(() => CARD.row),
        card.height - CARD.header - card.references.length * CARD.row,
      ],
    })),
    edges,
  );
  const corner = (card: ModuleCard) => {
    const box = layout.nodes.get(card.module.name)!;
    return { x: box.x + left(card), y: box.y };
  };
  const lines = edges.map(({ id, child, row, target }) => {
    const parent = cards.find((card) => card.module.name === target)!;
    const spline = layout.edges.get(id)!;
    const from = corner(parent);
    const to = corner(child);
    const start = { x: from.x + parent.width, y: spline[0]!.y };
    const end = { x: to.x, y: to.y + referenceMiddle(row) };
    const title = `${child.module.title} → ${parent.module.title}: ${child.references[row]!.keys.join(', ')}`;
    return drawModuleLink(route(start, end, spline, false), title);
  });
  const boxes = cards.flatMap((card) => {
    const { x, y } = corner(card);
    return [
      drawModule(card, x, y),
      ...card.references.map((_, row) => drawModuleStub(card, row, x - STUB.line, x, y)),
    ];
  });
  return { width: layout.width, height: layout.height, markup: [...lines, ...boxes].join('\n') };
}

function refersTo(child: ModuleCard, parent: ModuleCard): boolean {
  return child.references.some((reference) => !reference.hub && reference.target === parent.module);
}

function referring(source: ReferenceSource, module: ReferenceModule): number {
  return source.modules.filter(
    (other) =>
      other !== module &&
      moduleCard(source, other, []).references.some((reference) => reference.target === module),
  ).length;
}
