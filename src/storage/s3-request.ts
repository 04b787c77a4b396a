import { createReadStream } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import { StorageError } from './errors.ts';
import type { Source } from './storage.ts';

export interface S3Settings {
  /** `https://s3.eu-central-1.amazonaws.com`, `https://<account>.r2.cloudflarestorage.com`, `http://localhost:9000`. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  /** A function, so that printing or logging the settings does not show it. */
  readonly secretAccessKey: () => string;
  /** The bucket in the path rather than in the host's name. */
  readonly pathStyle: boolean;
  /** Attempts of a request in all; 4 unless told. */
  readonly attempts?: number;
  /** Milliseconds without a byte in either direction; 30,000 unless told. */
  readonly idleTimeout?: number;
  /** Milliseconds before the first pause between attempts, which then doubles; 100 unless told. */
  readonly pause?: number;
}

export interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: { readonly source: Source; readonly size: number; readonly sha256?: Uint8Array };
  readonly signal?: AbortSignal;
}

/** The URL of the bucket, or of an object in it. */
export function addressOf({ endpoint, bucket, pathStyle }: S3Settings, key = ''): URL {
  const url = new URL(endpoint);
  const base = url.pathname.replace(/\/+$/, '');
  if (!pathStyle) url.hostname = `${bucket}.${url.hostname}`;
  url.pathname = `${base}/${pathStyle ? `${bucket}/` : ''}${key}`;
  return url;
}

export function signer(settings: S3Settings, url: URL, options: object) {
  return new AwsV4Signer({
    url: url.toString(),
    accessKeyId: settings.accessKeyId,
    secretAccessKey: settings.secretAccessKey(),
    region: settings.region,
    service: 's3',
    ...options,
  });
}

/**
 * Sends one signed request and gives the answer once its head is there; 404 is an answer, other faults throw. Node's own
 * client rather than fetch: a body of known length goes out with Content-Length, which S3 wants, and is never held in memory.
 * What may pass (no answer, 5xx, 429) is tried again while the body can be sent again.
 */
export async function send(settings: S3Settings, request: S3Request): Promise<http.IncomingMessage> {
  const { attempts = 4, pause: first = 100 } = settings;
  const repeatable = !(request.body && 'stream' in request.body.source);
  for (let attempt = 1; ; attempt += 1) {
    request.signal?.throwIfAborted();
    let failure: StorageError;
    try {
      const answer = await once(settings, request);
      const status = answer.statusCode!;
      if (status < 300 || status === 404) return answer;
      failure = await faultOf(answer);
    } catch (error) {
      if (request.signal?.aborted || (error as NodeJS.ErrnoException).code === 'ENOENT') throw error;
      failure =
        error instanceof StorageError
          ? error
          : new StorageError(
              'STORAGE_UNAVAILABLE',
              `The storage does not answer (${(error as NodeJS.ErrnoException).code ?? 'connection broken'}).`,
              error,
            );
    }
    if (failure.code !== 'STORAGE_UNAVAILABLE' || !repeatable || attempt >= attempts) throw failure;
    await pause(
      Math.random() * first * 2 ** attempt,
      undefined,
      request.signal ? { signal: request.signal } : {},
    );
  }
}

async function once(settings: S3Settings, { method, key, query, headers, body, signal }: S3Request) {
  const url = addressOf(settings, key);
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
  const content = body?.sha256 ? Buffer.from(body.sha256).toString('hex') : 'UNSIGNED-PAYLOAD';
  const signed = await signer(settings, url, {
    method,
    headers: { ...headers, 'X-Amz-Content-Sha256': content },
  }).sign();
  const outgoing: http.OutgoingHttpHeaders = Object.fromEntries(signed.headers);
  if (body) outgoing['content-length'] = body.size;
  const stream = body && ('path' in body.source ? createReadStream(body.source.path) : body.source.stream);
  return new Promise<http.IncomingMessage>((settle, reject) => {
    const { request } = url.protocol === 'https:' ? https : http;
    const sent = request(url, {
      method,
      headers: outgoing,
      timeout: settings.idleTimeout ?? 30_000,
      ...(signal ? { signal } : {}),
    });
    sent.on('timeout', () =>
      sent.destroy(new StorageError('STORAGE_UNAVAILABLE', 'The storage does not answer in time.')),
    );
    const fail = (error: Error) => {
      stream?.destroy();
      sent.destroy();
      reject(error);
    };
    sent.on('error', fail);
    sent.on('response', (answer) => {
      answer.on('error', () => {});
      settle(answer);
    });
    if (stream && body) pour(stream, sent, body.size).catch(fail);
    else sent.end();
  });
}

/** Sends exactly as many bytes as were said; a source that is shorter or longer breaks the request off, so nothing is stored. */
async function pour(stream: Readable, into: http.ClientRequest, size: number): Promise<void> {
  let passed = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    passed += chunk.length;
    if (passed > size) break;
    if (!into.write(chunk))
      await new Promise<void>((go) => {
        const on = () => {
          into.off('drain', on).off('close', on);
          go();
        };
        into.on('drain', on).on('close', on);
      });
    if (into.destroyed) return;
  }
  if (passed !== size)
    throw new StorageError('STORAGE_SIZE', `The source has not the ${size} bytes that were said.`);
  into.end();
}

/** The beginning of an answer as text: S3 says what is wrong in a little XML. */
export async function textOf(answer: http.IncomingMessage, most = 8 * 1024 * 1024): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    parts.push(chunk);
    length += chunk.length;
    if (length > most) break;
  }
  return Buffer.concat(parts).toString('utf8');
}

async function faultOf(answer: http.IncomingMessage): Promise<StorageError> {
  const status = answer.statusCode!;
  const text = await textOf(answer, 16 * 1024).catch(() => '');
  const code = /<Code>(\w{1,60})<\/Code>/.exec(text)?.[1];
  const passing =
    status >= 500 || status === 429 || status === 408 || code === 'SlowDown' || code === 'RequestTimeout';
  return new StorageError(
    passing ? 'STORAGE_UNAVAILABLE' : 'STORAGE_REFUSED',
    `The storage answered ${status}${code ? ` (${code})` : ''}.`,
  );
}

/** Reads an answer to its end, so that its connection can be used again. */
export async function discard(answer: http.IncomingMessage): Promise<void> {
  answer.resume();
  await finished(answer).catch(() => {});
}
