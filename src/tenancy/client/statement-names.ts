import { createHash } from 'node:crypto';

/**
 * Names for statements worth preparing: the second time a text is seen it gets one, up to `limit` texts. Every further
 * text stays unnamed, because a list of varying length makes a new text each time and the server keeps every name. Texts
 * seen once wait in a queue as long, so that a run of them takes no place from those that come back.
 */
export function statementNames(limit = 500): (text: string) => string | undefined {
  const names = new Map<string, string>();
  const once = new Set<string>();
  return (text) => {
    const name = names.get(text);
    if (name) return name;
    if (names.size >= limit) return undefined;
    if (!once.delete(text)) {
      once.add(text);
      const [oldest] = once;
      if (once.size > limit) once.delete(oldest!);
      return undefined;
    }
    const made = `lotline_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
    names.set(text, made);
    if (names.size >= limit) once.clear();
    return made;
  };
}
