import { SCOPES, scopeRank } from '../scopes.ts';
import { drawEdge, type EdgeStyle } from './draw.ts';
import type { LegendEntry } from './frame.ts';
import { scopeColour } from './palette.ts';
import { element, label } from './svg.ts';

/** Colours of the scopes that a picture uses. */
export function scopeEntries(scopes: Iterable<string>): LegendEntry[] {
  return [...new Set(scopes)]
    .sort((a, b) => scopeRank(a) - scopeRank(b))
    .map((scope) => ({
      picture: element('rect', { x: 0, y: -6, width: 14, height: 12, rx: 3, fill: scopeColour(scope) }),
      width: 14,
      words: SCOPES[scope] ? `${scope}: ${SCOPES[scope]}` : scope,
    }));
}

/** Signs of the lines between tables. */
export function lineEntries(): LegendEntry[] {
  const entry = (words: string, style: EdgeStyle): LegendEntry => ({
    picture: drawEdge(
      [
        { x: 0, y: 0 },
        { x: 46, y: 0 },
      ],
      style,
    ),
    width: 46,
    words,
  });
  const usual = { cascade: true, many: true, optional: false };
  return [
    entry('many to one; deleted together (Cascade)', usual),
    entry('dashed: the parent cannot be deleted (Restrict)', { ...usual, cascade: false }),
    entry('ring: none or one', { ...usual, optional: true }),
    entry('one to one', { ...usual, many: false }),
  ];
}

export function stubEntry(): LegendEntry {
  return {
    picture: element('rect', { x: 0, y: -7, width: 30, height: 14, rx: 7, class: 'stub' }),
    width: 30,
    words: 'model of another module',
  };
}

export function marksEntry(): LegendEntry {
  return {
    picture: label(0, 3.5, 'mark key', 'PK FK U'),
    width: 38,
    words: 'primary key, foreign key, unique; “?” may be null',
  };
}

export function wordsOnly(words: string): LegendEntry {
  return { picture: '', width: -6, words };
}
