import { createHmac, timingSafeEqual } from 'node:crypto';

/** Seconds. */
export const LINK_DEFAULT = 5 * 60;
export const LINK_MOST = 60 * 60;

export interface LinkTarget {
  readonly organizationId: string;
  readonly fileId: string;
  readonly inline: boolean;
}

export interface LinkSigner {
  /** Path and query of a link that holds for some seconds, at most an hour. */
  sign(target: LinkTarget, seconds: number, now?: Date): { path: string; expiresAt: Date };
  /** `invalid` is told before `expired`, so a made-up link never learns anything. */
  verify(target: LinkTarget, expires: string, signature: string, now?: Date): 'valid' | 'expired' | 'invalid';
}

/**
 * Makes and checks links to one file, bound to organization, file, way of showing and end. The key is derived from a secret
 * of the server, so neither stands for the other; several secrets make links with the first and take those of all, which lets
 * a secret rotate.
 */
export function linkSigner(secrets: () => readonly (string | Uint8Array)[]): LinkSigner {
  const keys = () => secrets().map((s) => createHmac('sha256', s).update('lotline file links 1').digest());
  const mac = (key: Buffer, { organizationId, fileId, inline }: LinkTarget, expires: string) =>
    createHmac('sha256', key)
      .update(JSON.stringify([organizationId, fileId, inline, expires]))
      .digest();

  return {
    sign(target, seconds, now = new Date()) {
      const held = Math.min(Math.max(1, Math.trunc(seconds)), LINK_MOST);
      const expires = String(Math.floor(now.getTime() / 1000) + held);
      const query = new URLSearchParams({ expires, ...(target.inline ? { inline: '1' } : {}) });
      query.set('signature', mac(keys()[0]!, target, expires).toString('base64url'));
      return {
        path: `/v1/files/${target.organizationId}/${target.fileId}?${query}`,
        expiresAt: new Date(Number(expires) * 1000),
      };
    },
    verify(target, expires, signature, now = new Date()) {
      const given = Buffer.from(signature, 'base64url');
      // Every key is tried, so that the time does not tell which one it was.
      const known = keys().filter((key) => {
        const expected = mac(key, target, expires);
        return timingSafeEqual(
          expected,
          given.length === expected.length ? given : Buffer.alloc(expected.length),
        );
      });
      if (known.length === 0 || given.length !== 32 || !/^\d{1,12}$/.test(expires)) return 'invalid';
      const left = Number(expires) - now.getTime() / 1000;
      if (left > LINK_MOST + 60) return 'invalid';
      return left > 0 ? 'valid' : 'expired';
    },
  };
}
