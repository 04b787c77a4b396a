import type { FileHandle } from 'node:fs/promises';

const SIGNATURE = 8;

/**
 * Where a PNG ends by its own chunks: after IEND. Undefined where the chunks do not lead there. Reads twelve bytes of each
 * chunk; a million chunks at most, which no picture has.
 */
export async function pngEnd(file: FileHandle, size: number): Promise<number | undefined> {
  const head = Buffer.alloc(8);
  for (let at = SIGNATURE, chunks = 0; at + 12 <= size && chunks < 1_000_000; chunks += 1) {
    await file.read(head, 0, 8, at);
    at += 12 + head.readUInt32BE(0);
    if (head.toString('latin1', 4) === 'IEND') return at <= size ? at : undefined;
  }
  return undefined;
}

/** Where a GIF ends by its own blocks: after the trailer. Undefined where the blocks do not lead there. */
export async function gifEnd(file: FileHandle, size: number): Promise<number | undefined> {
  const read = bytesOf(file, size);
  const tableSize = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  const blocksFrom = async (start: number) => {
    let at = start;
    for (let length = await read(at); length !== undefined && length > 0; length = await read(at))
      at += length + 1;
    return at + 1;
  };
  const flags = await read(10);
  if (flags === undefined) return undefined;
  for (let at = 13 + tableSize(flags); at < size; ) {
    const kind = await read(at);
    if (kind === 0x3b) return at + 1;
    if (kind === 0x21) at = await blocksFrom(at + 2);
    else if (kind === 0x2c) at = await blocksFrom(at + 10 + tableSize((await read(at + 9)) ?? 0) + 1);
    else return undefined;
  }
  return undefined;
}

/** Single bytes of a file, read 64 KiB at a time. */
function bytesOf(file: FileHandle, size: number) {
  const window = Buffer.alloc(64 * 1024);
  let [from, held] = [0, 0];
  return async (at: number): Promise<number | undefined> => {
    if (at >= size) return undefined;
    if (at < from || at >= from + held) {
      from = at;
      held = (await file.read(window, 0, window.length, at)).bytesRead;
    }
    return window[at - from];
  };
}
