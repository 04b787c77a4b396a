import { type Block, pack } from './pack.ts';
import { number } from './svg.ts';

/** Something drawn with its top left at (0, 0). */
export interface Drawn extends Block {
  readonly markup: string;
}

/** Places drawings beside and below each other, as one drawing. */
export function arrange(parts: readonly Drawn[]): Drawn {
  const { places, width, height } = pack(parts);
  const moved = parts.map(({ markup }, index) => {
    const { x, y } = places[index]!;
    return `<g transform="translate(${number(x)} ${number(y)})">\n${markup}\n</g>`;
  });
  return { width, height, markup: moved.join('\n') };
}
