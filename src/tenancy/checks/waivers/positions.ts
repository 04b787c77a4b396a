/** 1-based line and column of an offset. */
export function positionOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

/** Where each element of a JSON text that is an array begins. The text must have been parsed already. */
export function elementOffsets(text: string): number[] {
  const offsets: number[] = [];
  let depth = 0;
  let fresh = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (/\s/.test(char)) continue;
    if (depth === 1 && fresh && char !== ']') {
      offsets.push(i);
      fresh = false;
    }
    if (char === '"') i = endOfString(text, i);
    else if (char === '[' || char === '{') {
      depth += 1;
      fresh = depth === 1;
    } else if (char === ']' || char === '}') depth -= 1;
    else if (char === ',' && depth === 1) fresh = true;
  }
  return offsets;
}

function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
  return i;
}
