import type { FieldFault } from '../errors.ts';

// PostgreSQL stores no NUL in text, and a lone surrogate is no character of UTF-8.
const NUL = '\0';

/** What a string holds that no text column can, or undefined. */
export function textFault(text: string): { code: string; message: string } | undefined {
  if (text.includes(NUL)) return { code: 'NUL_CHARACTER', message: 'must not contain the character U+0000' };
  if (!text.isWellFormed()) return { code: 'BROKEN_TEXT', message: 'contains half of a surrogate pair' };
  return undefined;
}

/** Faults of all strings within a JSON value, keys included, by their path. */
export function textFaults(value: unknown, path = ''): FieldFault[] {
  if (typeof value === 'string') {
    const fault = textFault(value);
    return fault ? [{ field: path || 'body', ...fault }] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = path === '' ? key : `${path}.${key}`;
    const fault = textFault(key);
    return [...(fault ? [{ field: at, ...fault }] : []), ...textFaults(inner, at)];
  });
}
