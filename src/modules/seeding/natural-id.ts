import { createHash } from 'node:crypto';

/**
 * The id of a seeded row, derived from its natural key, so that every run names the same row.
 * Shaped like a UUID of version 8 (RFC 9562, own algorithm): 122 bits of a SHA-256.
 */
export function naturalId(...key: readonly (string | number)[]): string {
  const hash = createHash('sha256')
    .update(JSON.stringify(['lotline', ...key]))
    .digest();
  hash[6] = (hash[6]! & 0x0f) | 0x80;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
