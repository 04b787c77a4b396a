import { createHash } from 'node:crypto';

/**
 * Names for statements worth preparing: the second time a text is seen it gets one, up to `limit` texts. Every further
 * text stays unnamed, because a list of varying length makes a new text each time and the server keeps every name.
 */
export function statementNames(limit = 500): (text: string) => string | undefined {
  const names = new Map<string, string>();
  return (text) => {
    const name = names.get(text);
    if (name) return name;
    if (name === undefined) {
      if (names.size < limit) names.set(text, '');
      return undefined;
    }
    const made = `lotline_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
    names.set(text, made);
    return made;
  };
}
