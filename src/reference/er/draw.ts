import { CARD, type Card, SIZE, STUB, stubWidth } from './card.ts';
import type { Point } from './layout.ts';
import { scopeColour } from './palette.ts';
import { element, escapeXml, group, label, number } from './svg.ts';

const RADIUS = 7;

/** Draws a card with the top left corner of its box at (x, y), and the stubs in the gutter left of it. */
export function drawCard(card: Card, x: number, y: number): string {
  const { width, height, rows, model } = card;
  const top = (row: number) => y + CARD.header + row * CARD.row;
  const header = `M${number(x)} ${number(y + CARD.header)}v${RADIUS - CARD.header}a${RADIUS} ${RADIUS} 0 0 1 ${RADIUS} ${-RADIUS}h${width - 2 * RADIUS}a${RADIUS} ${RADIUS} 0 0 1 ${RADIUS} ${RADIUS}v${CARD.header - RADIUS}z`;
  return group(
    { 'data-model': model.name },
    element('rect', { x, y, width, height, rx: RADIUS, class: 'card' }),
    element('path', { d: header, fill: scopeColour(model.scope) }),
    label(x + CARD.padding, y + 18, 'name', model.name),
    label(x + CARD.padding, y + 33, 'table', model.table),
    ...rows.flatMap((row, index) => [
      index % 2 === 1 ? element('rect', { x, y: top(index), width, height: CARD.row, class: 'stripe' }) : '',
      label(x + CARD.padding, top(index) + 13.5, 'mark key', row.marks.join(' ')),
      label(x + CARD.marks, top(index) + 14, 'row ink', row.label),
      label(x + width - CARD.padding, top(index) + 14, 'small muted end', row.type),
    ]),
    card.hidden > 0
      ? label(x + CARD.marks, top(rows.length) + 14, 'small muted', `+ ${card.hidden} more columns`)
      : '',
    element('rect', { x, y, width, height, rx: RADIUS, class: 'frame' }),
    ...rows.flatMap((row, index) => (row.stub ? drawStub(card, index, x, top(index) + CARD.row / 2) : [])),
  );
}

function drawStub(card: Card, index: number, x: number, y: number): string[] {
  const { stub, relation } = card.rows[index]!;
  const width = stubWidth(stub!);
  const end = x - STUB.line;
  return [
    drawEdge(
      [
        { x: end, y },
        { x, y },
      ],
      {
        cascade: relation!.onDelete === 'Cascade',
        many: !relation!.oneToOne,
        title: `${card.model.name}.${relation!.field} → ${stub}`,
      },
    ),
    element('rect', {
      x: end - width,
      y: y - STUB.height / 2,
      width,
      height: STUB.height,
      rx: 8,
      class: 'stub',
    }),
    label(end - width / 2, y + SIZE.small * 0.36, 'small ink middle', stub!),
  ];
}

export interface EdgeStyle {
  readonly cascade: boolean;
  readonly many: boolean;
  /** Undefined: the far end has no sign (a stub, or a bundle of several keys). */
  readonly optional?: boolean;
  /** What a pointer over the line shows. */
  readonly title?: string;
}

/** A line whose last point touches the child (crow’s foot) and whose first touches the parent. */
export function drawEdge(points: readonly Point[], style: EdgeStyle): string {
  const first = points[0]!;
  const last = points.at(-1)!;
  return group(
    {},
    style.title ? `<title>${escapeXml(style.title)}</title>` : '',
    element('path', { d: pathOf(points), class: style.cascade ? 'edge' : 'edge refers' }),
    style.many ? crowFoot(last) : bars(last, -1, [6]),
    style.optional === undefined ? '' : style.optional ? optionalEnd(first) : bars(first, 1, [6, 10]),
  );
}

/** Straight for two points, otherwise a cubic spline: a start and three points for every piece. */
function pathOf(points: readonly Point[]): string {
  const at = ({ x, y }: Point) => `${number(x)} ${number(y)}`;
  const [first, second, ...rest] = points;
  return rest.length === 0
    ? `M${at(first!)}L${at(second!)}`
    : `M${at(first!)}C${points.slice(1).map(at).join(' ')}`;
}

function crowFoot({ x, y }: Point): string {
  const toes = [-5.5, 5.5].map((toe) => `M${number(x - 11)} ${number(y)}L${number(x)} ${number(y + toe)}`);
  return element('path', { d: toes.join(''), class: 'foot' });
}

function bars({ x, y }: Point, side: 1 | -1, distances: readonly number[]): string {
  const strokes = distances.map((it) => `M${number(x + side * it)} ${number(y - 5)}v10`);
  return element('path', { d: strokes.join(''), class: 'foot' });
}

function optionalEnd({ x, y }: Point): string {
  return (
    bars({ x, y }, 1, [5]) +
    element('circle', { cx: x + 11, cy: y, r: 3.5, class: 'ring', 'stroke-width': 1.4 })
  );
}
