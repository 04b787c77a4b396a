import type { Viz } from '@viz-js/viz';
import { LotlineError } from '../../errors.ts';

/** A box for Graphviz. `rows` are the heights of its lines from the top; edges end at the middle of a line. */
export interface LayoutNode {
  readonly id: string;
  readonly width: number;
  readonly rows: readonly number[];
}

/** An edge from the right side of one line to the left side of another. `span` asks for at least so many columns. */
export interface LayoutEdge {
  readonly id: string;
  readonly from: readonly [node: string, row: number];
  readonly to: readonly [node: string, row: number];
  readonly span?: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Top left corners of the nodes, control points of cubic splines for the edges; y grows downwards. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: ReadonlyMap<string, Point>;
  readonly edges: ReadonlyMap<string, readonly Point[]>;
}

interface GraphvizAnswer {
  bb: string;
  objects?: { name: string; pos: string; width: string; height: string }[];
  edges?: { id: string; pos: string }[];
}

/** Places boxes in columns from left to right with Graphviz’s dot, which is deterministic. */
export function layOut(viz: Viz, nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): Layout {
  const result = viz.render(dotOf(nodes, edges), { engine: 'dot', format: 'json0' });
  if (result.status !== 'success') {
    const reasons = result.errors.map((error) => error.message).join('; ');
    throw new LotlineError(
      'REFERENCE_LAYOUT',
      `Graphviz could not lay out the diagram of ${nodes.map((node) => node.id).join(', ')}: ${reasons}`,
      'This is a fault of the diagram generator: report it with the schema that provokes it.',
    );
  }
  const answer = JSON.parse(result.output) as GraphvizAnswer;
  const [, , width = 0, height = 0] = answer.bb.split(',').map(Number);
  return {
    width,
    height,
    nodes: new Map(
      (answer.objects ?? []).map((node) => {
        const center = pointOf(node.pos, height);
        return [node.name, { x: center.x - Number(node.width) * 36, y: center.y - Number(node.height) * 36 }];
      }),
    ),
    edges: new Map(
      (answer.edges ?? []).map((edge) => [edge.id, edge.pos.split(' ').map((it) => pointOf(it, height))]),
    ),
  };
}

/** The graph in DOT: every box is a table of empty cells of the sizes that are drawn later. */
function dotOf(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): string {
  const boxes = nodes.map((node) => {
    const rows = node.rows.map(
      (height, row) =>
        `<TR><TD PORT="r${row}" FIXEDSIZE="TRUE" WIDTH="${node.width}" HEIGHT="${height}"></TD></TR>`,
    );
    return `"${node.id}" [label=<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">${rows.join('')}</TABLE>>];`;
  });
  const lines = edges.map(
    ({ id, from, to, span }) =>
      `"${from[0]}":r${from[1]}:e -> "${to[0]}":r${to[1]}:w [id="${id}", minlen=${span ?? 1}];`,
  );
  return [
    'digraph {',
    `graph [rankdir=LR, nodesep=0.4, ranksep=${edges.length > 6 ? 0.8 : 0.5}];`,
    'node [shape=plain];',
    'edge [dir=none];',
    ...boxes,
    ...lines,
    '}',
  ].join('\n');
}

function pointOf(position: string, height: number): Point {
  const [x = 0, y = 0] = position.split(',').map(Number);
  return { x, y: height - y };
}
