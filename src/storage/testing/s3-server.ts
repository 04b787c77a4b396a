import { createHash, createHmac } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export const ACCESS_KEY = 'AKIDTEST';
export const SECRET = 'test-only+secret/with=signs';
export const BUCKET = 'lotline-test';
const REGION = 'eu-test-1';

export interface S3Server {
  readonly endpoint: string;
  readonly objects: Map<string, { bytes: Buffer; type: string; modified: Date }>;
  /** Requests as `PUT key`, in order. */
  readonly seen: string[];
  /** Answers that the next requests get instead, each for one: a status with an S3 code, or `cut` for a broken connection. */
  readonly faults: ({ status: number; code: string } | 'cut' | 'silence')[];
  /** Keys in one page of a listing. */
  page: number;
  close(): Promise<void>;
}

/**
 * A small S3 of the tests' own: objects in memory, and every signature (version 4, in header or query) is computed anew from
 * the request as it came over the wire, by the published rules and without the client's code.
 */
export async function s3Server(): Promise<S3Server> {
  const objects: S3Server['objects'] = new Map();
  const sockets = new Set<import('node:net').Socket>();
  const state = { seen: [] as string[], faults: [] as S3Server['faults'], page: 1000 };

  const server = http.createServer(async (request, response) => {
    const url = new URL(request.url!, `http://${request.headers.host}`);
    const [, bucket, ...rest] = url.pathname.split('/');
    const key = rest.join('/');
    state.seen.push(`${request.method} ${key}`);
    const say = (status: number, code: string) => {
      response.writeHead(status, { 'content-type': 'application/xml' });
      response.end(
        request.method === 'HEAD' ? undefined : `<Error><Code>${code}</Code><Message>x</Message></Error>`,
      );
    };
    const fault = state.faults.shift();
    if (fault === 'cut') return void request.socket.destroy();
    if (fault === 'silence') return;
    const parts: Buffer[] = [];
    try {
      for await (const chunk of request) parts.push(chunk as Buffer);
    } catch {
      return;
    }
    const bytes = Buffer.concat(parts);
    if (fault) return say(fault.status, fault.code);
    const wrong = signatureFault(request, url, bytes);
    if (wrong) return say(403, wrong);
    if (bucket !== BUCKET) return say(404, 'NoSuchBucket');
    if (request.method === 'PUT') {
      if (request.headers['content-length'] === undefined) return say(411, 'MissingContentLength');
      objects.set(key, { bytes, type: String(request.headers['content-type']), modified: new Date() });
      response.writeHead(200).end();
    } else if (request.method === 'DELETE') {
      objects.delete(key);
      response.writeHead(204).end();
    } else if (key === '') {
      response.writeHead(200).end(listing(url.searchParams));
    } else {
      const found = objects.get(key);
      if (!found) return say(404, 'NoSuchKey');
      const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
      const body = from ? found.bytes.subarray(Number(from), Number(to) + 1) : found.bytes;
      response.writeHead(from ? 206 : 200, {
        'content-length': body.length,
        'content-type': url.searchParams.get('response-content-type') ?? found.type,
        'last-modified': found.modified.toUTCString(),
      });
      response.end(request.method === 'HEAD' ? undefined : body);
    }
  });

  function listing(query: URLSearchParams): string {
    const prefix = query.get('prefix') ?? '';
    const after = query.get('continuation-token') ?? '';
    const keys = [...objects.keys()].filter((k) => k.startsWith(prefix)).sort();
    const entries = query.get('delimiter')
      ? [...new Set(keys.map((k) => `${k.slice(0, k.indexOf('/') + 1)}`))].map((p) => ({
          name: p,
          xml: `<CommonPrefixes><Prefix>${encodeURIComponent(p)}</Prefix></CommonPrefixes>`,
        }))
      : keys.map((k) => ({
          name: k,
          xml: `<Contents><Key>${encodeURIComponent(k)}</Key><LastModified>${objects.get(k)!.modified.toISOString()}</LastModified><Size>${objects.get(k)!.bytes.length}</Size></Contents>`,
        }));
    const rest = entries.filter((e) => e.name > after);
    const page = rest.slice(0, state.page);
    const more = rest.length > page.length;
    return `<ListBucketResult><IsTruncated>${more}</IsTruncated>${page.map((e) => e.xml).join('')}${more ? `<NextContinuationToken>${page.at(-1)!.name}</NextContinuationToken>` : ''}</ListBucketResult>`;
  }

  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return Object.assign(state, {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((done) => server.close(() => done()));
    },
  });
}

export const settingsFor = (endpoint: string) => ({
  endpoint,
  bucket: BUCKET,
  region: REGION,
  accessKeyId: ACCESS_KEY,
  secretAccessKey: () => SECRET,
  pathStyle: true,
  pause: 1,
});

const hmac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest();
const hex = (text: Buffer | string) => createHash('sha256').update(text).digest('hex');
const quoted = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

function signatureFault(request: http.IncomingMessage, url: URL, bytes: Buffer): string | undefined {
  const query = url.searchParams;
  const inQuery = query.has('X-Amz-Signature');
  const header = request.headers.authorization ?? '';
  const field = (name: string) =>
    inQuery ? (query.get(`X-Amz-${name}`) ?? '') : (new RegExp(`${name}=([^, ]+)`).exec(header)?.[1] ?? '');
  const [id, day = '', region = '', service = ''] = field('Credential').split('/');
  if (id !== ACCESS_KEY) return 'InvalidAccessKeyId';
  if (region !== REGION || service !== 's3') return 'AuthorizationHeaderMalformed';
  const date = inQuery ? query.get('X-Amz-Date')! : String(request.headers['x-amz-date']);
  const at = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (inQuery && Date.now() > at + Number(query.get('X-Amz-Expires')) * 1000) return 'ExpiredToken';
  if (Math.abs(Date.now() - at) > 900_000) return 'RequestTimeTooSkewed';
  const content = inQuery ? 'UNSIGNED-PAYLOAD' : String(request.headers['x-amz-content-sha256']);
  if (content !== 'UNSIGNED-PAYLOAD' && content !== hex(bytes)) return 'XAmzContentSHA256Mismatch';
  const names = field('SignedHeaders').split(';');
  if (!names.includes('host')) return 'AccessDenied';
  const canonical = [
    request.method,
    url.pathname
      .split('/')
      .map((p) => quoted(decodeURIComponent(p)))
      .join('/'),
    [...query]
      .filter(([name]) => name !== 'X-Amz-Signature')
      .map(([name, value]) => `${quoted(name)}=${quoted(value)}`)
      .sort()
      .join('&'),
    ...names.map((name) => `${name}:${String(request.headers[name]).trim().replace(/\s+/g, ' ')}`),
    '',
    names.join(';'),
    content,
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', date, `${day}/${region}/${service}/aws4_request`, hex(canonical)].join(
    '\n',
  );
  const key = hmac(hmac(hmac(hmac(`AWS4${SECRET}`, day), region), service), 'aws4_request');
  return field('Signature') === hmac(key, text).toString('hex') ? undefined : 'SignatureDoesNotMatch';
}
