import type { ReferenceModel, ReferenceModule, ReferenceSource } from '../source.ts';
import { CARD, drawnRelations, SIZE, STUB, stubWidth } from './card.ts';
import type { Point } from './layout.ts';
import { scopeColour } from './palette.ts';
import { element, escapeXml, group, label, number } from './svg.ts';
import { textWidth } from './text-width.ts';

/** The foreign keys of one module to another, as `Model.field`. */
export interface ModuleReference {
  readonly target: ReferenceModule;
  readonly keys: readonly string[];
  readonly hub: boolean;
}

/** A module as the overview shows it; sizes in pixels. */
export interface ModuleCard {
  readonly module: ReferenceModule;
  readonly models: readonly ReferenceModel[];
  readonly references: readonly ModuleReference[];
  readonly gutter: number;
  readonly width: number;
  readonly height: number;
}

const LINE = 17;
const DOT = 16;

/** Collects and measures. `hubs` are names of modules that are shown as stubs. */
export function moduleCard(
  source: ReferenceSource,
  module: ReferenceModule,
  hubs: readonly string[],
): ModuleCard {
  const models = source.models.filter((model) => model.module === module.name);
  const references = source.modules.flatMap((target): ModuleReference[] => {
    const keys = target === module ? [] : keysBetween(source, models, target);
    return keys.length === 0 ? [] : [{ target, keys, hub: hubs.includes(target.name) }];
  });
  const widths = [
    textWidth(module.title, SIZE.name, { bold: true }),
    ...references.map((reference) => textWidth(wordsOf(reference), SIZE.small)),
    ...models.map((model) => DOT + textWidth(model.name, SIZE.row)),
  ];
  const stubs = references.filter((it) => it.hub).map((it) => stubWidth(it.target.title));
  return {
    module,
    models,
    references,
    gutter: stubs.length === 0 ? 0 : Math.ceil(Math.max(...stubs) + STUB.line - CARD.end),
    width: Math.ceil(Math.max(170, ...widths) + 2 * CARD.padding),
    height: CARD.header + references.length * CARD.row + models.length * LINE + 12,
  };
}

/** Middle of a line of references, from the top of the card. */
export function referenceMiddle(row: number): number {
  return CARD.header + (row + 0.5) * CARD.row;
}

export function drawModule(card: ModuleCard, x: number, y: number): string {
  const { width, height, module, models, references } = card;
  const modelTop = y + CARD.header + references.length * CARD.row + 6;
  const count = `${models.length} model${models.length === 1 ? '' : 's'}`;
  return element(
    'a',
    { href: `${module.name}.svg` },
    element('rect', { x, y, width, height, rx: 7, class: 'card' }),
    label(x + CARD.padding, y + 19, 'module ink', module.title),
    label(x + CARD.padding, y + 34, 'small muted', count),
    ...references.flatMap((reference, row) => {
      const top = y + CARD.header + row * CARD.row;
      return [
        element('rect', { x, y: top, width, height: CARD.row, class: 'stripe' }),
        label(x + CARD.padding, top + 14, 'small muted', wordsOf(reference)),
      ];
    }),
    ...models.flatMap((model, row) => {
      const middle = modelTop + (row + 0.5) * LINE;
      return [
        element('circle', {
          cx: x + CARD.padding + 4,
          cy: middle,
          r: 4,
          class: 'dot',
          fill: scopeColour(model.scope),
        }),
        label(x + CARD.padding + DOT, middle + 4, 'row ink', model.name),
      ];
    }),
    element('rect', { x, y, width, height, rx: 7, class: 'frame' }),
  );
}

/** The stub of a hub with its line to the card, whose top left is (x, y); empty for other references. */
export function drawModuleStub(card: ModuleCard, row: number, end: number, x: number, y: number): string {
  const { hub, target } = card.references[row]!;
  if (!hub) return '';
  const width = stubWidth(target.title);
  const middle = y + referenceMiddle(row);
  const title = `${card.module.title} → ${target.title}`;
  return [
    drawModuleLink(
      [
        { x: end, y: middle },
        { x, y: middle },
      ],
      title,
    ),
    element('rect', {
      x: end - width,
      y: middle - STUB.height / 2,
      width,
      height: STUB.height,
      rx: 8,
      class: 'stub',
    }),
    label(end - width / 2, middle + SIZE.small * 0.36, 'small ink middle', target.title),
  ].join('\n');
}

/** A line from the module that is referred to (first point, arrow) to the one that refers. */
export function drawModuleLink(points: readonly Point[], title?: string): string {
  const at = ({ x, y }: Point) => `${number(x)} ${number(y)}`;
  const [first, second, ...rest] = points;
  const path =
    rest.length === 0
      ? `M${at(first!)}L${at(second!)}`
      : `M${at(first!)}C${points.slice(1).map(at).join(' ')}`;
  const { x, y } = first!;
  return group(
    {},
    title ? `<title>${escapeXml(title)}</title>` : '',
    element('path', { d: path, class: 'edge' }),
    element('path', {
      d: `M${number(x + 7)} ${number(y - 4.5)}L${at(first!)}L${number(x + 7)} ${number(y + 4.5)}`,
      class: 'foot',
    }),
  );
}

function wordsOf({ keys }: ModuleReference): string {
  return keys.length <= 2 ? keys.join(', ') : `${keys.length} keys`;
}

function keysBetween(
  source: ReferenceSource,
  models: readonly ReferenceModel[],
  target: ReferenceModule,
): string[] {
  return models.flatMap((model) =>
    drawnRelations(model, source)
      .filter((relation) =>
        source.models.some((it) => it.name === relation.target && it.module === target.name),
      )
      .map((relation) => `${model.name}.${relation.field}`),
  );
}
