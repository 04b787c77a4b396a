import { HttpFault } from '../../http/index.ts';

export type Param = readonly [name: string, value: string];

/**
 * The parameters of a query, in order. `URLSearchParams` would replace broken UTF-8 silently, and a filter would then ask for
 * something else than its caller meant.
 * @throws HttpFault `QUERY_MALFORMED`
 */
export function readParams(url: string): Param[] {
  const at = url.indexOf('?');
  if (at < 0) return [];
  const query = url.slice(at + 1).replace(/#.*$/s, '');
  if (query === '') return [];
  try {
    return query
      .split('&')
      .filter(Boolean)
      .map((part): Param => {
        const equals = part.indexOf('=');
        return equals < 0
          ? [decode(part), '']
          : [decode(part.slice(0, equals)), decode(part.slice(equals + 1))];
      });
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw new HttpFault(
      400,
      'QUERY_MALFORMED',
      'The query is not percent-encoded UTF-8.',
      'Encode parameter values, for instance with encodeURIComponent().',
    );
  }
}

const decode = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));
