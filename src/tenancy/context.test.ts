import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyPads, signContext } from './context.ts';

const secret = fc.uint8Array({ minLength: 32, maxLength: 64 }).map((bytes) => Buffer.from(bytes));
const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

describe('a signed context', () => {
  it('is verified by two plain SHA-256 over the stored pads, for every key and context (RFC 2104)', () => {
    fc.assert(
      fc.property(secret, fc.uuid(), fc.option(fc.uuid(), { nil: undefined }), (key, organization, user) => {
        const token = signContext({ organization, ...(user ? { user } : {}) }, { id: 3, secret: key });
        const at = token.lastIndexOf('.');
        const { inner, outer } = keyPads(key);
        expect(sha256(outer, sha256(inner, Buffer.from(token.slice(0, at)))).toString('hex')).toBe(
          token.slice(at + 1),
        );
      }),
    );
  });

  it('has six parts: organization, user, role, key, expiry, signature', () => {
    const key = { id: 2, secret: Buffer.alloc(32, 1) };
    const token = signContext({ organization: 'o', user: 'u', role: 'ADMIN' }, key, 60, 1_000_000);
    expect(token).toBe(
      `o.u.ADMIN.2.1060.${createHmac('sha256', key.secret).update('o.u.ADMIN.2.1060').digest('hex')}`,
    );
  });

  it('refuses parts that could be read as others', () => {
    const key = { id: 1, secret: Buffer.alloc(32) };
    expect(() => signContext({ organization: 'a.b' }, key)).toThrow(RangeError);
    expect(() => signContext({ role: 'OWNER.' }, key)).toThrow(RangeError);
  });

  it.each([31, 65])('refuses a key of %d bytes', (length) => {
    expect(() => keyPads(Buffer.alloc(length))).toThrow(RangeError);
  });
});
