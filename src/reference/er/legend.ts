import { SCOPES, scopeRank } from '../scopes.ts';
import { drawEdge } from './draw.ts';
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
  const line = (cascade: boolean, many: boolean, optional: boolean) =>
    drawEdge(
      [
        { x: 0, y: 0 },
        { x: 46, y: 0 },
      ],
      { cascade, many, optional },
    );
  return [
    { picture: line(true, true, false), width: 46, words: 'one to many; deleted together (Cascade)' },
    {
      picture: line(false, true, true),
      width: 46,
      words: 'optional; the parent cannot be deleted (Restrict)',
    },
    { picture: line(true, false, false), width: 46, words: 'one to one' },
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
