import { StorageError } from './errors.ts';
import { requireKey, requirePrefix } from './key.ts';
import { addressOf, discard, type S3Settings, send, signer, textOf } from './s3-request.ts';
import type { Storage, Stored } from './storage.ts';

/**
 * Files in a bucket of S3 or of what speaks its language (R2, MinIO, Ceph, Garage, …). Needs GetObject, PutObject,
 * DeleteObject and ListBucket on the bucket, which should be private. One PUT each, so files up to 5 GB.
 */
export function s3Storage(settings: S3Settings): Storage {
  /** One listing, page by page; `delimiter` gives the first parts of keys alone. */
  async function* pages(prefix: string, delimiter?: string): AsyncGenerator<string> {
    let next: string | undefined;
    do {
      const query = {
        'list-type': '2',
        'encoding-type': 'url',
        ...(prefix ? { prefix } : {}),
        ...(delimiter ? { delimiter } : {}),
        ...(next ? { 'continuation-token': next } : {}),
      };
      const answer = await send(settings, { method: 'GET', query });
      const text = await textOf(answer);
      if (answer.statusCode === 404) throw new StorageError('STORAGE_REFUSED', 'There is no such bucket.');
      yield text;
      next = /<IsTruncated>true/.test(text) ? unescaped(tag(text, 'NextContinuationToken')) : undefined;
    } while (next);
  }

  return {
    kind: 's3',
    async put(key, source, size, contentType, { sha256, signal } = {}) {
      const answer = await send(settings, {
        method: 'PUT',
        key: requireKey(key),
        headers: { 'Content-Type': contentType },
        body: { source, size, ...(sha256 ? { sha256 } : {}) },
        ...(signal ? { signal } : {}),
      });
      await discard(answer);
      if (answer.statusCode === 404) throw new StorageError('STORAGE_REFUSED', 'There is no such bucket.');
    },
    async get(key, range) {
      const headers = range ? { Range: `bytes=${range.start}-${range.end}` } : {};
      const answer = await send(settings, { method: 'GET', key: requireKey(key), headers });
      if (answer.statusCode === 404) {
        await discard(answer);
        throw new StorageError('STORAGE_MISSING', 'The bytes of this file are not in the storage.');
      }
      if (range && answer.statusCode !== 206) {
        answer.destroy();
        throw new StorageError('STORAGE_REFUSED', 'The storage does not give parts of files.');
      }
      return { stream: answer, size: Number(answer.headers['content-length']) };
    },
    async stat(key) {
      const answer = await send(settings, { method: 'HEAD', key: requireKey(key) });
      await discard(answer);
      if (answer.statusCode === 404) return undefined;
      const { 'content-length': size, 'last-modified': modified } = answer.headers;
      return { key, size: Number(size), modified: new Date(modified ?? 0) };
    },
    async remove(key) {
      await discard(await send(settings, { method: 'DELETE', key: requireKey(key) }));
    },
    async *list(prefix) {
      for await (const page of pages(requirePrefix(prefix)))
        for (const [, entry = ''] of page.matchAll(/<Contents>(.*?)<\/Contents>/gs)) yield storedOf(entry);
    },
    async *tenants() {
      for await (const page of pages('', '/'))
        for (const [, entry = ''] of page.matchAll(/<CommonPrefixes>(.*?)<\/CommonPrefixes>/gs))
          yield decodeURIComponent(unescaped(tag(entry, 'Prefix'))).replace(/\/$/, '');
    },
    // A PUT that broke off has stored nothing.
    tidy: async () => 0,
    async presign(key, seconds, { contentType, contentDisposition }) {
      const url = addressOf(settings, requireKey(key));
      url.searchParams.set('X-Amz-Expires', String(seconds));
      url.searchParams.set('response-content-type', contentType);
      url.searchParams.set('response-content-disposition', contentDisposition);
      const signed = await signer(settings, url, { method: 'GET', signQuery: true }).sign();
      return signed.url.toString();
    },
  };
}

function storedOf(entry: string): Stored {
  return {
    key: decodeURIComponent(unescaped(tag(entry, 'Key')).replaceAll('+', ' ')),
    size: Number(tag(entry, 'Size')),
    modified: new Date(tag(entry, 'LastModified')),
  };
}

function tag(xml: string, name: string): string {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? '';
}

function unescaped(text: string): string {
  const named: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => named[name]!);
}
