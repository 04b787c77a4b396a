import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

// A statement's worth of lines: enough to be quick, little enough for memory.
const BATCH_BYTES = 1 << 20;
const BATCH_LINES = 2000;

/** Hands on the lines of an NDJSON file as JSON arrays, a megabyte or so at a time. */
export async function eachBatch(path: string, take: (array: string, lines: number) => Promise<void>) {
  let batch: string[] = [];
  let size = 0;
  const flush = async () => {
    if (batch.length === 0) return;
    await take(`[${batch.join(',')}]`, batch.length);
    batch = [];
    size = 0;
  };
  let rest: Buffer[] = [];
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      const line = Buffer.concat([...rest, chunk.subarray(start, end)]).toString();
      rest = [];
      start = end + 1;
      batch.push(line);
      size += line.length;
      if (size >= BATCH_BYTES || batch.length >= BATCH_LINES) await flush();
    }
    rest.push(chunk.subarray(start));
  }
  await flush();
}

/** Rows, bytes and SHA-256 (hexadecimal) of a file as it lies there. */
export async function weigh(path: string): Promise<{ rows: number; bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let rows = 0;
  let bytes = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) rows += 1;
  }
  return { rows, bytes, sha256: hash.digest('hex') };
}
