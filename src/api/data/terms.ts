/** A group of conditions as `or=(stage.eq:WON,not(value.lt:100))` writes them. */
export type Term =
  | { readonly kind: 'group'; readonly name: string; readonly items: readonly Term[] }
  | { readonly kind: 'condition'; readonly name: string; readonly value: string };

const DEPTH = 6;

/** Reads `(item,item,…)`. @returns undefined where it is not well formed, or nested too deeply */
export function readTerms(text: string): Term[] | undefined {
  const reader = { text, at: 0 };
  try {
    const items = readGroup(reader, 1);
    return reader.at === text.length ? items : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

interface Reader {
  readonly text: string;
  at: number;
}

function readGroup(reader: Reader, depth: number): Term[] {
  if (depth > DEPTH || reader.text[reader.at] !== '(') throw new SyntaxError();
  const items: Term[] = [];
  do {
    reader.at += 1;
    items.push(readTerm(reader, depth));
  } while (reader.text[reader.at] === ',');
  if (reader.text[reader.at] !== ')') throw new SyntaxError();
  reader.at += 1;
  return items;
}

function readTerm(reader: Reader, depth: number): Term {
  const { text } = reader;
  const start = reader.at;
  let inside = false;
  while (reader.at < text.length && (inside || !/[:(),]/.test(text[reader.at]!))) {
    if (text[reader.at] === '[') inside = true;
    if (text[reader.at] === ']') inside = false;
    reader.at += 1;
  }
  const name = text.slice(start, reader.at);
  if (name === '') throw new SyntaxError();
  if (text[reader.at] === '(') return { kind: 'group', name, items: readGroup(reader, depth + 1) };
  if (text[reader.at] !== ':') throw new SyntaxError();
  reader.at += 1;
  return { kind: 'condition', name, value: readValue(reader) };
}

/** Up to the next comma or parenthesis; quoted with `"` it may hold both; in parentheses it is a list. */
function readValue(reader: Reader): string {
  const { text } = reader;
  if (text[reader.at] === '"') {
    const [quoted = ''] = QUOTED.exec(text.slice(reader.at)) ?? [];
    if (quoted === '') throw new SyntaxError();
    reader.at += quoted.length;
    return unquote(quoted);
  }
  if (text[reader.at] === '(') {
    const [list = ''] = /^\((?:"(?:[^"]|"")*"|[^"()])*\)/.exec(text.slice(reader.at)) ?? [];
    if (list === '') throw new SyntaxError();
    reader.at += list.length;
    return list.slice(1, -1);
  }
  const start = reader.at;
  while (reader.at < text.length && !/[,()]/.test(text[reader.at]!)) reader.at += 1;
  return text.slice(start, reader.at);
}

const QUOTED = /^"(?:[^"]|"")*"/;
const unquote = (quoted: string) => quoted.slice(1, -1).replaceAll('""', '"');

/** The values of `a,b,"c,d"`, a `"` within quotes doubled. @returns undefined where a quotation does not end */
export function splitList(text: string): string[] | undefined {
  if (text === '') return [];
  const items: string[] = [];
  let rest = text;
  for (;;) {
    const [item = ''] = rest.startsWith('"') ? (QUOTED.exec(rest) ?? []) : (/^[^,]*/.exec(rest) ?? []);
    if (rest.startsWith('"') && item === '') return undefined;
    items.push(item.startsWith('"') ? unquote(item) : item);
    rest = rest.slice(item.length);
    if (rest === '') return items;
    if (rest[0] !== ',') return undefined;
    rest = rest.slice(1);
  }
}

/** The parts of `customFields.path[a.b,c].eq`: parted by dots outside brackets. */
export function splitPath(name: string): string[] {
  return name.match(/[^.[]*\[[^\]]*\]|[^.]+/g) ?? [];
}
