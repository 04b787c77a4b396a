/** A rectangle to be placed, in pixels. */
export interface Block {
  readonly width: number;
  readonly height: number;
}

/** Where each block went (same order as given) and the size of the whole. */
export interface Packing {
  readonly places: readonly { readonly x: number; readonly y: number }[];
  readonly width: number;
  readonly height: number;
}

const GAP = 36;
/** Width to height of a picture that suits both a page and a screen. */
const BEST_RATIO = 1.35;

/**
 * Places blocks beside and below each other. Arrangements in columns and in lines are tried, from one to as many as
 * there are blocks; the one that wastes least and is closest to the best ratio wins.
 */
export function pack(blocks: readonly Block[]): Packing {
  const turned = blocks.map(({ width, height }) => ({ width: height, height: width }));
  const tries = blocks.flatMap((_, index) => [
    inColumns(blocks, index + 1),
    turnedBack(inColumns(turned, index + 1)),
  ]);
  return tries.reduce((best, it) => (costOf(it) < costOf(best) ? it : best), tries[0] ?? inColumns([], 1));
}

/** Area times the distance from the best ratio: small is good. */
export function costOf({ width, height }: Block): number {
  const ratio = width / Math.max(1, height) / BEST_RATIO;
  return width * height * Math.max(ratio, 1 / ratio);
}

/** Blocks go, longest first, to the column that is shortest so far; columns follow each other in that order. */
function inColumns(blocks: readonly Block[], count: number): Packing {
  const columns = Array.from({ length: count }, () => ({ members: [] as number[], height: 0, width: 0 }));
  const order = blocks.map((_, index) => index);
  order.sort((a, b) => blocks[b]!.height - blocks[a]!.height || a - b);
  for (const index of order) {
    const column = columns.reduce((least, it) => (it.height < least.height ? it : least));
    const block = blocks[index]!;
    column.members.push(index);
    column.height += block.height + GAP;
    column.width = Math.max(column.width, block.width);
  }
  const places: { x: number; y: number }[] = [];
  let x = 0;
  for (const column of columns) {
    let y = 0;
    for (const index of column.members.sort((a, b) => a - b)) {
      places[index] = { x, y };
      y += blocks[index]!.height + GAP;
    }
    if (column.members.length > 0) x += column.width + GAP;
  }
  return {
    places,
    width: Math.max(0, x - GAP),
    height: Math.max(0, ...columns.map((column) => column.height - GAP)),
  };
}

function turnedBack({ places, width, height }: Packing): Packing {
  return { places: places.map(({ x, y }) => ({ x: y, y: x })), width: height, height: width };
}
