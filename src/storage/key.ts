import { StorageError } from './errors.ts';

/**
 * Insists on a key that cannot leave the storage's folder and needs no quoting in a URL: parts of letters, digits, `_`, `-`
 * and `.`, none of which begins with a dot, at most 500 characters.
 * @throws StorageError `STORAGE_KEY`
 */
export function requireKey(key: string): string {
  if (key.length <= 500 && /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)+$/.test(key) && !/[\r\n]/.test(key)) return key;
  throw new StorageError('STORAGE_KEY', `${JSON.stringify(key.slice(0, 100))} is no key of a stored file.`);
}

/** The same for a prefix: empty, or whole parts that end in `/`. */
export function requirePrefix(prefix: string): string {
  if (prefix !== '') requireKey(`${prefix}x`);
  if (prefix === '' || prefix.endsWith('/')) return prefix;
  throw new StorageError('STORAGE_KEY', 'A prefix of keys is empty or ends in "/".');
}
