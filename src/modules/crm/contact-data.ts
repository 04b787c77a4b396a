import type { Values } from '../../http/index.ts';

/** An e-mail address as it is kept and compared: without surrounding space, in lower case. Empty is none. */
export function normalEmail(email: string | null): string | null {
  return email?.trim().toLowerCase() || null;
}

/**
 * A telephone number as it is kept and compared: `+` and digits (E.164), an extension after ` x`. Ten digits, or eleven
 * from 1, are of the North American plan. What holds fewer than seven digits or more than fifteen is no number that can
 * be compared, and is kept as it was written.
 */
export function normalPhone(phone: string | null): string | null {
  const text = phone?.trim();
  if (!text) return null;
  const [, main = '', extension] = /^(.*?)(?:\s*(?:x|ext\.?|extension)\s*(\d{1,6}))?$/i.exec(text) ?? [];
  const digits = main.replace(/\D/g, '');
  if (digits.length < 7 || digits.length > 15 || /[a-z]/i.test(main)) return text;
  const tail = extension ? ` x${extension}` : '';
  if (main.trimStart().startsWith('+')) return `+${digits}${tail}`;
  if (digits.length === 10) return `+1${digits}${tail}`;
  if (digits.length === 11 && digits.startsWith('1')) return `+${digits}${tail}`;
  return `${digits}${tail}`;
}

/** The values with e-mail and phone as they are kept. */
export function normalized<V extends Values>(values: V): V {
  const changed: Record<string, unknown> = { ...values };
  if (typeof values.email === 'string') changed.email = normalEmail(values.email);
  if (typeof values.phone === 'string') changed.phone = normalPhone(values.phone);
  if (typeof values.currency === 'string') changed.currency = values.currency.toUpperCase();
  if (Array.isArray(values.tags)) changed.tags = union(values.tags as string[]);
  return changed as V;
}

/** Tags of all lists, trimmed, each once, in the order in which they come first. */
export function union(...lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat().map((tag) => tag.trim()))].filter((tag) => tag !== '');
}
