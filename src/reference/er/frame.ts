import { styleSheet } from './palette.ts';
import { element, escapeXml, label, number } from './svg.ts';
import { textWidth } from './text-width.ts';

const MARGIN = 28;
const TITLE = 62;
const LEGEND_LINE = 22;

/** An entry of a legend: a small picture `width` wide whose middle line is y = 0, and words. */
export interface LegendEntry {
  readonly picture: string;
  readonly width: number;
  readonly words: string;
}

export interface Picture {
  readonly title: string;
  readonly subtitle: string;
  /** A sentence for people who hear the picture rather than see it. */
  readonly description: string;
  /** Markup whose top left is (0, 0). */
  readonly markup: string;
  readonly width: number;
  readonly height: number;
  readonly legend: readonly LegendEntry[];
}

/** Puts title, border and legend round a drawing and makes it a file of its own. */
export function framed(picture: Picture): string {
  const least = Math.max(
    textWidth(picture.title, 20, { bold: true }),
    textWidth(picture.subtitle, 12),
    ...picture.legend.map(widthOf),
    520,
  );
  const inner = Math.ceil(Math.max(picture.width, least));
  const legend = legendLines(picture.legend, inner);
  const legendTop = TITLE + MARGIN + Math.ceil(picture.height) + MARGIN + 8;
  const width = inner + 2 * MARGIN;
  const height = legendTop + legend.length * LEGEND_LINE + MARGIN - 8;
  const shift = MARGIN + (inner - picture.width) / 2;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${escapeXml(picture.title)}</title>`,
    `<desc id="desc">${escapeXml(picture.description)}</desc>`,
    `<style>\n${styleSheet()}\n</style>`,
    element('rect', { x: 0.5, y: 0.5, width: width - 1, height: height - 1, rx: 12, class: 'page' }),
    label(MARGIN, 38, 'title ink', picture.title),
    label(MARGIN, 58, 'subtitle muted', picture.subtitle),
    `<g transform="translate(${number(shift)} ${TITLE + MARGIN})">`,
    picture.markup,
    '</g>',
    ...legend.flatMap((line, row) =>
      line.map(
        ({ entry, x }) =>
          `<g transform="translate(${number(MARGIN + x)} ${legendTop + row * LEGEND_LINE})">${entry.picture}${label(entry.width + 6, 4, 'small muted', entry.words)}</g>`,
      ),
    ),
    '</svg>',
  ].join('\n')}\n`;
}

/** Breaks the legend into lines that fit the width. */
function legendLines(entries: readonly LegendEntry[], width: number) {
  const lines: { entry: LegendEntry; x: number }[][] = [];
  let x = 0;
  for (const entry of entries) {
    const needs = widthOf(entry);
    if (lines.length === 0 || x + needs > width) {
      lines.push([]);
      x = 0;
    }
    lines.at(-1)!.push({ entry, x });
    x += needs + 22;
  }
  return lines;
}

function widthOf({ width, words }: LegendEntry): number {
  return width + 6 + textWidth(words, 10);
}
