import { Readable } from 'node:stream';
import type { Storage } from '../../storage/index.ts';
import { namesTag, rangeOf } from './byte-range.ts';
import { contentDisposition } from './disposition.ts';
import { mayBeInline } from './sniff/index.ts';
import type { UploadedFile } from './uploads.ts';

export interface DownloadOptions {
  /** Shown rather than saved, where the type is safe to show. */
  readonly inline: boolean;
  /** Seconds for which a storage that can do so answers in the server's place; 0: the server does. */
  readonly presigned?: number;
}

/**
 * Answers a request for the bytes of a file: the whole, a part (one range), or that the client has them already. Whatever the
 * file holds, the answer is an attachment that a browser neither runs nor guesses at; only pictures and PDF are shown inline,
 * and these without scripts, in an origin of their own.
 * @throws StorageError where the bytes cannot be had
 */
export async function download(
  request: Request,
  storage: Storage,
  file: UploadedFile,
  { inline, presigned = 0 }: DownloadOptions,
): Promise<Response> {
  const tag = `"${file.sha256}"`;
  const shown = inline && mayBeInline(file.mimeType);
  const headers: Record<string, string> = {
    'Content-Type': file.mimeType.startsWith('text/') ? `${file.mimeType}; charset=utf-8` : file.mimeType,
    'Content-Disposition': contentDisposition(file.name, shown),
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, no-cache',
    'Accept-Ranges': 'bytes',
    ETag: tag,
  };
  const asked = (name: string) => request.headers.get(name) ?? undefined;

  const match = asked('if-match');
  if (match !== undefined && !namesTag(match, tag, false)) return bare(412, headers);
  const none = asked('if-none-match');
  if (none !== undefined && namesTag(none, tag, true)) return bare(304, headers);

  if (presigned > 0 && storage.presign && !shown) {
    const contentType = headers['Content-Type']!;
    const url = await storage.presign(file.storageKey, presigned, {
      contentType,
      contentDisposition: headers['Content-Disposition']!,
    });
    return new Response(null, {
      status: 302,
      headers: { Location: url, 'Cache-Control': 'private, no-store' },
    });
  }

  const since = asked('if-range');
  const range = since === undefined || since === tag ? rangeOf(asked('range'), file.size) : undefined;
  if (range === 'beyond') return bare(416, { ...headers, 'Content-Range': `bytes */${file.size}` });
  const length = range ? range.end - range.start + 1 : file.size;
  const status = range ? 206 : 200;
  headers['Content-Length'] = String(length);
  if (range) headers['Content-Range'] = `bytes ${range.start}-${range.end}/${file.size}`;
  if (request.method === 'HEAD') return new Response(null, { status, headers });
  const { stream } = await storage.get(file.storageKey, range);
  return new Response(Readable.toWeb(stream) as ReadableStream, { status, headers });
}

/** An answer without a body, and without what describes one. */
function bare(status: number, headers: Readonly<Record<string, string>>): Response {
  const { 'Content-Type': _type, 'Content-Disposition': _disposition, ...rest } = headers;
  return new Response(null, { status, headers: rest });
}
