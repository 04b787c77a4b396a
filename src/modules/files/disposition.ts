import { cleanName } from './name.ts';

/**
 * The header `Content-Disposition` for a name (RFC 6266): a plain name for old clients, and the real one encoded as RFC 8187
 * says.
 */
export function contentDisposition(name: string, inline = false): string {
  const plain =
    name
      .normalize('NFKD')
      .replace(/[^\x20-\x7e]/g, '')
      .replace(/["\\%]/g, '_')
      .trim() || 'file';
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${inline ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** The name that a client gives with an upload, cleaned; undefined where the header names none. */
export function nameOf(header: string | undefined): string | undefined {
  if (!header) return undefined;
  const extended = /;\s*filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(header)?.[1];
  if (extended) {
    try {
      return cleanName(decodeURIComponent(extended));
    } catch {
      // Broken encoding: the plain name has to do.
    }
  }
  const [, quoted, token] = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(header) ?? [];
  const plain = quoted?.replace(/\\(.)/g, '$1') ?? token;
  // Headers arrive as Latin-1; browsers put UTF-8 into them.
  return plain === undefined ? undefined : cleanName(utf8(plain));
}

function utf8(latin: string): string {
  if (/[\u0100-\uffff]/.test(latin)) return latin;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(latin, 'latin1'));
  } catch {
    return latin;
  }
}
