import type { Viz } from '@viz-js/viz';
import type { Drawn } from './arrange.ts';
import { CARD, type Card } from './card.ts';
import { connected } from './connected.ts';
import { drawCard, drawEdge } from './draw.ts';
import { type Layout, type LayoutEdge, type LayoutNode, layOut, type Point } from './layout.ts';
import { costOf } from './pack.ts';
import { route } from './route.ts';
import { group } from './svg.ts';

/** Cards are drawn wider by this on a side where edges end, so that their signs stand on straight line. */
const END = CARD.end;
const LOOP = 20;

/** Centres that are closer than this, in pixels, are those of one column. */
const SAME_COLUMN = 8;

/** Lines of a box for the layout: required keys leave from the upper half of the header, optional ones from the lower. */
const HEADER_PORTS = 2;

interface Edges {
  readonly left: number;
  readonly right: number;
}

interface Link {
  readonly id: string;
  readonly parent: Card;
  readonly child: Card;
  readonly row: number;
}

/** Groups cards that refer to each other, directly or through others. */
export function components(cards: readonly Card[]): Card[][] {
  return connected(cards, (child, parent) => linksOf(child, [parent]).length > 0);
}

/** Lays out and draws one group. Of several spreads over columns the one with the best proportions is taken. */
export function drawComponent(viz: Viz, cards: readonly Card[]): Drawn {
  const links = cards.flatMap((child) => linksOf(child, cards));
  const spreads = links.length > 3 ? [1, 2, 3] : [1];
  const drawn = spreads.map((spread) => draw(viz, cards, links, spread));
  return drawn.reduce((best, it, index) => (costOf(it) * (1 + 0.12 * index) < costOf(best) ? it : best));
}

function draw(viz: Viz, cards: readonly Card[], links: readonly Link[], spread: number): Drawn {
  const edges = links.filter(({ parent, child }) => parent !== child);
  const lines = edges.map(lineOf(edges, spread));
  const narrow = cards.map((card) => boxOf(card, edgesOf(card)));
  const columns = columnsOf(layOut(viz, narrow, lines), cards);
  // The second time every box is as wide as its column, so that the cards of a column stand in line.
  const sized = new Map(
    columns.flatMap((column) => {
      const width = Math.max(...column.map((card) => card.width));
      const left = Math.max(...column.map((card) => edgesOf(card).left));
      const right = Math.max(...column.map((card) => edgesOf(card).right));
      return column.map((card) => [card, { card: { ...card, width }, left, right }] as const);
    }),
  );
  const wide = (card: Card) => sized.get(card)!;
  const layout = layOut(
    viz,
    cards.map((card) => boxOf(wide(card).card, wide(card))),
    lines,
  );
  const corner = (card: Card): Point => {
    const box = layout.nodes.get(card.model.name)!;
    return { x: box.x + wide(card).left, y: box.y };
  };
  const columnOf = (card: Card) => columns.findIndex((column) => column.includes(card));
  const drawn = links.map((link) => {
    const { parent, child, row } = link;
    if (parent === child) return drawLoop(link, corner(child), wide(child).card.width);
    const spline = layout.edges.get(link.id)!;
    const start = { x: corner(parent).x + wide(parent).card.width, y: spline[0]!.y };
    const end = { x: corner(child).x, y: corner(child).y + rowMiddle(row) };
    return drawLink(link, route(start, end, spline, columnOf(child) - columnOf(parent) === 1));
  });
  const boxes = cards.map((card) => drawCard(wide(card).card, corner(card).x, corner(card).y));
  return { width: layout.width, height: layout.height, markup: [...drawn, ...boxes].join('\n') };
}

/** Cards by column, from the left; Graphviz centres the boxes of a column on one line, give or take a rounding. */
function columnsOf(layout: Layout, cards: readonly Card[]): Card[][] {
  const columns: { center: number; cards: Card[] }[] = [];
  for (const card of cards) {
    const center = layout.nodes.get(card.model.name)!.x + boxOf(card, edgesOf(card)).width / 2;
    const column = columns.find((it) => Math.abs(it.center - center) < SAME_COLUMN);
    if (column) column.cards.push(card);
    else columns.push({ center, cards: [card] });
  }
  return columns.sort((a, b) => a.center - b.center).map((column) => column.cards);
}

function drawLink({ parent, child, row }: Link, points: readonly Point[]): string {
  const relation = child.rows[row]!.relation!;
  return drawEdge(points, {
    cascade: relation.onDelete === 'Cascade',
    many: !relation.oneToOne,
    optional: relation.optional,
    title: `${child.model.name}.${relation.field} → ${parent.model.name} (${relation.onDelete})`,
  });
}

/** A key from a table to itself: round the right side of the card, from the header down to the line. */
function drawLoop(link: Link, { x, y }: Point, width: number): string {
  const right = x + width;
  const middle = y + rowMiddle(link.row);
  const out = { x: right + LOOP + 8, y: (y + middle) / 2 };
  const path: Point[] = [
    { x: right, y: y + 31 },
    { x: right + LOOP, y: y + 31 },
    { x: out.x, y: y + 31 },
    out,
    { x: out.x, y: middle },
    { x: right + LOOP, y: middle },
    { x: right, y: middle },
  ];
  return group({ class: 'loop' }, drawLink(link, path));
}

function boxOf(card: Card, { left, right }: Edges): LayoutNode {
  const rest = card.height - CARD.header - card.rows.length * CARD.row;
  return {
    id: card.model.name,
    width: Math.ceil(left + card.width + right),
    rows: [CARD.header / HEADER_PORTS, CARD.header / HEADER_PORTS, ...card.rows.map(() => CARD.row), rest],
  };
}

/** Leaves are dealt out over `spread` columns, so that a table with many children does not make a tower. */
function lineOf(edges: readonly Link[], spread: number): (link: Link) => LayoutEdge {
  const parents = new Set(edges.map((link) => link.parent));
  const leaves = [...new Set(edges.map((link) => link.child))].filter((card) => !parents.has(card));
  return ({ id, parent, child, row }) => ({
    id,
    from: [parent.model.name, child.rows[row]!.relation!.optional ? 1 : 0],
    to: [child.model.name, HEADER_PORTS + row],
    span: leaves.includes(child) ? 1 + (leaves.indexOf(child) % spread) : 1,
  });
}

function linksOf(child: Card, cards: readonly Card[]): Link[] {
  return child.rows.flatMap((line, row) => {
    const parent = line.stub ? undefined : cards.find((card) => card.model.name === line.relation?.target);
    return parent ? [{ id: line.relation!.name, parent, child, row }] : [];
  });
}

function rowMiddle(row: number): number {
  return CARD.header + (row + 0.5) * CARD.row;
}

/** Room left and right of a card: for stubs, for the signs of lines, for lines to itself. */
function edgesOf(card: Card): Edges {
  return { left: card.gutter + END, right: linksOf(card, [card]).length > 0 ? LOOP + 16 : END };
}
