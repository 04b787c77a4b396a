import type { FileHandle } from 'node:fs/promises';
import { gifEnd, pngEnd } from './image-end.ts';
import type { Kind } from './kinds.ts';
import { carriesMarkup, SEARCHED } from './markup.ts';
import { carriesProgram, ZIP_TAIL, zipEnd } from './zip.ts';

/**
 * Says what else a file is beside what it begins as, or undefined: a page, an archive, a document behind a picture. Reads
 * the beginning, the end and the structure, never the whole.
 */
export async function alsoIs(
  file: FileHandle,
  size: number,
  mime: string,
  kind: Kind,
): Promise<string | undefined> {
  const head = await part(file, 0, Math.min(size, SEARCHED));
  const tail = await part(file, Math.max(0, size - ZIP_TAIL), Math.min(size, ZIP_TAIL));
  // Mail is full of pages, and nobody shows it as one.
  if (mime !== 'message/rfc822') {
    if (carriesMarkup(head)) return 'carries HTML or a script at its beginning';
    if (carriesMarkup(tail.subarray(-SEARCHED))) return 'carries HTML or a script at its end';
  }
  // Readers of PDF look for its header in the first kilobyte.
  const header = head.subarray(0, 1024 + 5).indexOf('%PDF-');
  if (mime === 'application/pdf' ? header !== 0 : header >= 0)
    return 'has the header of a PDF where none belongs';
  const archive = zipEnd(tail, size);
  if (!kind.zip) {
    if (archive) return 'has a ZIP archive at its end';
  } else {
    if (archive?.after !== 0) return 'is an archive with something behind it';
    if (archive.gap !== 0 && archive.gap !== 76) return 'is an archive with something before it';
    if (archive.directorySize > 16 * 1024 * 1024) return 'is an archive whose directory cannot be read';
    const directory = await part(file, archive.directoryAt, archive.directorySize);
    // What stands before an archive shifts its directory away from where it says it is.
    if (directory.toString('latin1', 0, 4) !== 'PK\x01\x02') return 'is an archive with something before it';
    if (carriesProgram(directory)) return 'holds macros or a program';
  }
  const end =
    mime === 'image/png' ? await pngEnd(file, size) : mime === 'image/gif' ? await gifEnd(file, size) : size;
  if (end === undefined) return 'is a picture that does not end';
  if (end !== size) return 'has something behind the picture';
  // "GIF89a/*" is a picture 10,799 pixels wide and the beginning of a script.
  if (mime === 'image/gif' && /^(?:\/\*|=[\w/ "'])/.test(head.toString('latin1', 6, 8)))
    return 'is a script too';
  return undefined;
}

async function part(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, at);
  return bytes.subarray(0, bytesRead);
}
