/** The first letters of the first and last word: `Ada King Lovelace` → `AL`. */
export function initials(name: string): string {
  const parts = name.trim().split(/\s+/).filter(Boolean);
  const first = Array.from(parts[0] ?? '?')[0] ?? '?';
  const last = parts.length > 1 ? Array.from(parts.at(-1)!)[0]! : '';
  return (first + last).toUpperCase();
}

/** A number below `count` that is always the same for a name. */
export function toneOf(name: string, count: number): number {
  let sum = 0;
  for (const c of name) sum = (sum * 31 + c.codePointAt(0)!) % 9973;
  return sum % count;
}
