/** One statement of a script; `offset` is where it begins, in UTF-16 units. */
export type ScriptPart = { text: string; offset: number };

// What may hide a semicolon, and the semicolon itself. Block comments nest and have their own reader.
const TOKEN =
  /--[^\n]*|\/\*|(?<![\w$])\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$|(?<![\w$])e'|'|"|;|BEGIN\s+ATOMIC\b|\bCASE\b|\bEND\b/gi;

/**
 * Cuts a PostgreSQL script where the server does: at semicolons outside of strings, quoted names, comments, dollar
 * quotes and `BEGIN ATOMIC … END` bodies. Pieces without a statement are left out. It also cuts scripts that are no SQL,
 * which PostgreSQL's own grammar (statements.ts) refuses as a whole.
 */
export function splitScript(script: string): ScriptPart[] {
  const statements: ScriptPart[] = [];
  let start = 0;
  let depth = 0;
  const finish = (end: number) => {
    const lead = leadOf(script.slice(start, end));
    const text = script.slice(start + lead, end).trimEnd();
    if (text !== '') statements.push({ text, offset: start + lead });
    start = end + 1;
  };
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(script); match !== null; match = TOKEN.exec(script)) {
    const token = match[0];
    if (token === ';') {
      if (depth === 0) finish(match.index);
    } else if (/^begin/i.test(token)) depth += 1;
    else if (/^case$/i.test(token)) depth += depth > 0 ? 1 : 0;
    else if (/^end$/i.test(token)) depth -= depth > 0 ? 1 : 0;
    else if (!token.startsWith('--')) TOKEN.lastIndex = endOf(script, token, TOKEN.lastIndex);
  }
  finish(script.length);
  return statements;
}

/** Length of the blanks and comments that a piece begins with. */
function leadOf(piece: string): number {
  let at = 0;
  for (;;) {
    at += /^(?:\s|--[^\n]*(?:\n|$))*/.exec(piece.slice(at))?.[0].length ?? 0;
    if (!piece.startsWith('/*', at)) return at;
    at = endOfComment(piece, at + 2);
  }
}

function endOf(script: string, opening: string, from: number): number {
  if (opening === '/*') return endOfComment(script, from);
  const closing = opening.startsWith('$') ? opening : opening.slice(-1);
  const escapes = opening.length === 2 && closing === "'";
  for (let at = from; at < script.length; at += 1) {
    if (escapes && script[at] === '\\') at += 1;
    else if (script.startsWith(closing, at)) return at + closing.length;
  }
  return script.length;
}

function endOfComment(script: string, from: number): number {
  let depth = 1;
  for (let at = from; at < script.length; at += 1) {
    if (script.startsWith('/*', at)) depth += 1;
    else if (script.startsWith('*/', at)) depth -= 1;
    else continue;
    at += 1;
    if (depth === 0) return at + 1;
  }
  return script.length;
}
