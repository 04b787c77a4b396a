/**
 * Estimated widths of sans-serif text, so that boxes fit their text without a font at hand. Advance widths
 * are Arial’s in 1/1000 em, by groups of like letters; the slack covers the wider system fonts (DejaVu, Verdana).
 */
const ADVANCES: readonly (readonly [letters: RegExp, width: number])[] = [
  [/[ijl'|.,:;!]/, 250],
  [/[ftrI()[\] -]/, 320],
  [/[mM]/, 833],
  [/[wW@%]/, 800],
  [/[A-Z&]/, 690],
  [/[cksvxyzJ]/, 500],
];
const OTHER = 556;
const SLACK = 1.12;
const BOLD = 1.07;

/** Width in pixels of a line of text at a font size in pixels. */
export function textWidth(line: string, size: number, { bold = false } = {}): number {
  let units = 0;
  for (const letter of line) units += ADVANCES.find(([letters]) => letters.test(letter))?.[1] ?? OTHER;
  return (units / 1000) * size * SLACK * (bold ? BOLD : 1);
}
