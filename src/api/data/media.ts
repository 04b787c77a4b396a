import { HttpFault } from '../../http/index.ts';

/** How a list is written. */
export type Media = 'json' | 'csv' | 'ndjson';

const TYPES: Readonly<Record<string, Media>> = {
  'application/json': 'json',
  'text/csv': 'csv',
  'application/x-ndjson': 'ndjson',
  'application/ndjson': 'ndjson',
  '*/*': 'json',
  'application/*': 'json',
  'text/*': 'csv',
};

/** The best of what Accept names (RFC 9110, 12.5.1); JSON without it. @throws HttpFault 406 */
export function mediaOf(accept: string | undefined): Media {
  if (!accept) return 'json';
  let best: { media: Media; weight: number } | undefined;
  for (const range of accept.split(',')) {
    const [type = '', ...parameters] = range.split(';').map((p) => p.trim().toLowerCase());
    const media = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
    const said = parameters.find((p) => p.startsWith('q='));
    const weight = said ? Number(said.slice(2)) : 1;
    if (media && weight > (best?.weight ?? 0)) best = { media, weight };
  }
  if (best) return best.media;
  throw new HttpFault(
    406,
    'NOT_ACCEPTABLE',
    'None of the media types in Accept is written here.',
    'Lists are application/json, text/csv or application/x-ndjson; records are application/json.',
  );
}
