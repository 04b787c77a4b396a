import { createHash, hash, randomBytes } from 'node:crypto';

/** SHA-256 as the tables of sign-in keep it. */
export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** SHA-256 for maps in memory: the cheapest form. */
export function shortDigest(text: string): string {
  return hash('sha256', text, 'base64');
}

/** 256 random bits for a link or key, in letters that a URL and a double click take whole. */
export function randomToken(): string {
  return randomBytes(32).toString('hex');
}
