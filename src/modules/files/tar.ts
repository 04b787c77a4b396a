const BLOCK = 512;

/** Bytes that fill an entry up to whole blocks. */
export function padding(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
}

/** The two empty blocks at the end of an archive. */
export const END = Buffer.alloc(2 * BLOCK);

/**
 * The header of a file in a tar archive (POSIX ustar, IEEE Std 1003.1), the same for the same name and size: no times, no
 * owners.
 * @param name ASCII, at most 100 characters
 * @param size below 8 GiB
 */
export function header(name: string, size: number): Buffer {
  if (name.length > 100 || size >= 8 ** 11) throw new RangeError('this does not fit into a tar archive');
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, length: number) =>
    block.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'latin1');
  block.write(name, 0, 'latin1');
  octal(0o600, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(0, 136, 12);
  block.write('        0', 148, 'latin1');
  block.write('ustar\x0000', 257, 'latin1');
  octal(
    block.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  return block;
}

/** Name and size of an entry; undefined for the empty block at the end. Throws RangeError for anything else than `header` makes. */
export function readHeader(block: Buffer): { name: string; size: number } | undefined {
  if (block.length === BLOCK && block.every((byte) => byte === 0)) return undefined;
  const name = block.toString('latin1', 0, block.indexOf(0));
  const size = Number.parseInt(block.toString('latin1', 124, 135), 8);
  if (!Number.isSafeInteger(size) || size < 0 || !header(name.slice(0, 100), size).equals(block))
    throw new RangeError('this is no header of an archive of files');
  return { name, size };
}
