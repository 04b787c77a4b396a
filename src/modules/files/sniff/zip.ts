const END = Buffer.from('PK\x05\x06', 'latin1');
/** The end record with the longest comment that can follow it. */
export const ZIP_TAIL = 22 + 65_535;

/** Where the directory of a ZIP archive stands in a file, read from the file's last bytes. */
export interface ZipEnd {
  readonly directoryAt: number;
  readonly directorySize: number;
  /** Bytes between the directory and the end record: 0, or 76 for the records of ZIP64. Others shift the whole archive. */
  readonly gap: number;
  /** Bytes after the archive; 0 in an honest one. */
  readonly after: number;
}

/**
 * Finds the end record of a ZIP archive, as programs do that open one at the end of anything else: from behind, whatever
 * follows it. A record that could not lead to a directory is chance.
 */
export function zipEnd(tail: Buffer, fileSize: number): ZipEnd | undefined {
  for (let at = tail.lastIndexOf(END); at >= 0; at = at > 0 ? tail.lastIndexOf(END, at - 1) : -1) {
    if (at + 22 > tail.length) continue;
    const [disk, firstDisk] = [tail.readUInt16LE(at + 4), tail.readUInt16LE(at + 6)];
    const [directorySize, directoryAt] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)];
    const comment = tail.readUInt16LE(at + 20);
    const position = fileSize - tail.length + at;
    if (disk !== 0 || firstDisk !== 0 || directorySize > position) continue;
    const gap = position - directoryAt - directorySize;
    return { directoryAt, directorySize, gap, after: fileSize - position - 22 - comment };
  }
  return undefined;
}

/** Names in a directory that make an archive something else than a document: macros, Java programs. */
export function carriesProgram(directory: Buffer): boolean {
  return /vbaProject\.bin|META-INF\/MANIFEST\.MF|\.class\b|AndroidManifest\.xml/i.test(
    directory.toString('latin1'),
  );
}
