import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

// A statement's worth of lines: enough to be quick, little enough for memory.
const BATCH_BYTES = 1 << 18;
const NEWLINE = 10;
const COMMA = 44;

/**
 * Hands on the lines of an NDJSON file as JSON arrays, a quarter of a megabyte or so at a time. Lines stay bytes until
 * then: a string for each would cost memory many times over.
 */
export async function eachBatch(
  path: string,
  take: (array: string, lines: number) => Promise<void>,
): Promise<void> {
  let rest: Buffer[] = [];
  for await (const chunk of createReadStream(path, { highWaterMark: BATCH_BYTES }) as AsyncIterable<Buffer>) {
    const end = chunk.lastIndexOf(NEWLINE);
    if (end < 0) {
      rest.push(chunk);
      continue;
    }
    const lines = Buffer.concat([...rest, chunk.subarray(0, end)]);
    rest = end + 1 < chunk.length ? [chunk.subarray(end + 1)] : [];
    let count = 1;
    for (let at = lines.indexOf(NEWLINE); at >= 0; at = lines.indexOf(NEWLINE, at + 1)) {
      lines[at] = COMMA;
      count += 1;
    }
    await take(`[${lines.toString()}]`, count);
  }
}

/** Rows, bytes and SHA-256 (hexadecimal) of a file as it lies there. */
export async function weigh(path: string): Promise<{ rows: number; bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let rows = 0;
  let bytes = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) rows += 1;
  }
  return { rows, bytes, sha256: hash.digest('hex') };
}
