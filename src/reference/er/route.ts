import type { Point } from './layout.ts';

/** Below this difference in height, in pixels, a straight line looks better than a bend. */
const LEVEL = 4;

/**
 * The way of an edge from card to card; `spline` is Graphviz’s, from box to box. Between neighbouring columns nothing
 * stands in the way of a plain curve; farther edges keep Graphviz’s way round the boxes.
 */
export function route(start: Point, end: Point, spline: readonly Point[], neighbours: boolean): Point[] {
  if (Math.abs(start.y - end.y) < LEVEL) return [start, end];
  const out = { x: spline[0]!.x, y: start.y };
  const into = { x: spline.at(-1)!.x, y: end.y };
  const middle = (out.x + into.x) / 2;
  const way = neighbours ? [out, { x: middle, y: out.y }, { x: middle, y: into.y }, into] : spline;
  return [start, start, way[0]!, ...way, way.at(-1)!, end, end];
}
