/**
 * Whether a statement ends, or may end, the transaction it runs in. The extended protocol takes one statement at a time, so
 * its first word decides.
 */
export function endsTransaction(statement: string): boolean {
  return /^(?:COMMIT|END|ROLLBACK|ABORT|PREPARE)\b/i.test(fromFirstWord(statement));
}

function fromFirstWord(statement: string): string {
  const rest = statement.replace(/^(?:[\s;]|--[^\r\n]*)+/, '');
  return rest.startsWith('/*') ? fromFirstWord(afterBlockComment(rest)) : rest;
}

/** PostgreSQL nests block comments. */
function afterBlockComment(text: string): string {
  let depth = 0;
  for (const mark of text.matchAll(/\/\*|\*\//g)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return text.slice(mark.index + 2);
  }
  return '';
}
