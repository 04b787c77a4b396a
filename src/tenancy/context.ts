import { createHmac } from 'node:crypto';

/** Who acts, for whom. Without organization only a person is meant; without user, the system of a tenant. */
export interface TenantContext {
  readonly organization?: string;
  readonly user?: string;
  /** OWNER, ADMIN, MEMBER or VIEWER, as `app.enter()` gave it. */
  readonly role?: string;
}

/** A signing key: its id (0 to 9999) and at least 32 random bytes. */
export interface ContextKey {
  readonly id: number;
  readonly secret: Buffer;
}

const PART = /^[A-Za-z0-9_-]*$/;

/**
 * The token for `app.set_context`: organization, user, role, key id and expiry (seconds since 1970), joined by
 * dots and followed by their HMAC-SHA256 (RFC 2104) in hexadecimal.
 * @param lifetime seconds until the database refuses the token.
 * @throws RangeError for a part that could be read as another.
 */
export function signContext(
  context: TenantContext,
  key: ContextKey,
  lifetime = 300,
  now = Date.now(),
): string {
  const parts = [context.organization ?? '', context.user ?? '', context.role ?? ''];
  if (!parts.every((part) => PART.test(part)))
    throw new RangeError('a tenant context holds ids and a role only');
  const payload = [...parts, key.id, Math.floor(now / 1000) + lifetime].join('.');
  return `${payload}.${createHmac('sha256', key.secret).update(payload).digest('hex')}`;
}

/** The two pads of a key as the database keeps them (RFC 2104 §2). Keys over 64 bytes are hashed first by HMAC. */
export function keyPads(secret: Buffer): { inner: Buffer; outer: Buffer } {
  if (secret.length < 32 || secret.length > 64) throw new RangeError('a context key has 32 to 64 bytes');
  const padded = Buffer.concat([secret, Buffer.alloc(64 - secret.length)]);
  return { inner: Buffer.from(padded.map((b) => b ^ 0x36)), outer: Buffer.from(padded.map((b) => b ^ 0x5c)) };
}
