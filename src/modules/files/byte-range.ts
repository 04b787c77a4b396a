import type { ByteRange } from '../../storage/index.ts';

/**
 * The part of a file that a `Range` header asks for (RFC 9110, §14): undefined for the whole, also where the header has another
 * unit, several parts or no sense; `beyond` where nothing of it is there.
 */
export function rangeOf(header: string | undefined, size: number): ByteRange | 'beyond' | undefined {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'beyond' : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < start) return undefined;
  return start >= size ? 'beyond' : { start, end };
}

/** Whether an `If-None-Match` or `If-Match` header names this tag. A weak one counts for reading only. */
export function namesTag(header: string, tag: string, weak: boolean): boolean {
  return header.split(',').some((part) => {
    const named = part.trim();
    return named === '*' || named === tag || (weak && named === `W/${tag}`);
  });
}
