import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { Refusal } from '../../../errors.ts';
import { extensionOf, KINDS, type Kind, kindOfExtension } from './kinds.ts';
import { beginsAsPage } from './markup.ts';
import { alsoIs } from './polyglot.ts';
import { beginsAsMail, isText } from './text.ts';

export { mayBeInline } from './kinds.ts';

// Formats that are text and have a signature. Other signatures are so short that a letter can begin with one ("BM").
const WRITTEN = /rtf|postscript|xml|vcard|calendar|html|script/;

/** What the person says that a file is. */
export interface Declared {
  /** Cleaned. */
  readonly name: string;
  /** `Content-Type` without parameters; undefined or `application/octet-stream` says nothing. */
  readonly type?: string | undefined;
}

/**
 * The MIME type of a file by its content. Name and declaration only choose between kinds of text, which have no signature;
 * otherwise they have to agree with the content.
 * @param path of a file of at least one byte, which nobody changes meanwhile
 * @throws Refusal `FILE_NOT_ALLOWED` for a type that is not taken, and for files that are two things at once;
 *   `FILE_TYPE_MISMATCH` where name or declaration say another type
 */
export async function sniff(path: string, { name, type }: Declared): Promise<string> {
  const extension = extensionOf(name);
  const declared = type === 'application/octet-stream' ? undefined : type?.toLowerCase();
  if (extension !== '' && !kindOfExtension(extension))
    throw notAllowed(`Files whose names end in ".${extension}" are not taken.`);
  const signature = await fileTypeFromFile(path).catch(() => undefined);
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const head = Buffer.alloc(Math.min(size, 64 * 1024));
    await file.read(head, 0, head.length, 0);
    if (beginsAsPage(head)) throw notAllowed('This is a web page, a drawing or another XML document.');
    if (head.toString('latin1', 0, 2) === '#!') throw notAllowed('This is a program.');
    const mime =
      signature && (KINDS[signature.mime] || WRITTEN.test(signature.mime))
        ? signature.mime
        : ((await textType(path, head, extension, declared)) ?? signature?.mime);
    const kind = mime === undefined ? undefined : KINDS[mime];
    if (mime === undefined || !kind)
      throw notAllowed(`The content is ${mime ?? 'of no known type'}, which is not taken.`);
    const other = await alsoIs(file, size, mime, kind);
    if (other) throw notAllowed(`This file ${other}.`);
    requireAgreement(mime, kind, extension, declared);
    return mime;
  } finally {
    await file.close();
  }
}

/** Which kind of text; undefined where it is none. */
async function textType(path: string, head: Buffer, extension: string, declared: string | undefined) {
  if (!(await isText(path))) return undefined;
  const named = kindOfExtension(extension) ?? declared ?? 'text/plain';
  if (named === 'message/rfc822') return beginsAsMail(head) ? named : 'text/plain';
  return KINDS[named]?.text ? named : 'text/plain';
}

function requireAgreement(mime: string, kind: Kind, extension: string, declared: string | undefined): void {
  const said =
    extension !== '' && !kind.extensions.includes(extension)
      ? `the name ends in ".${extension}"`
      : declared !== undefined && declared !== mime && !kind.aliases?.includes(declared)
        ? `it is declared as ${declared}`
        : undefined;
  if (said === undefined) return;
  throw new Refusal(
    'invalid',
    'FILE_TYPE_MISMATCH',
    `The content is ${mime}, but ${said}.`,
    `Name the file with ".${kind.extensions[0]}" and declare it as ${mime}, or send the file that was meant.`,
  );
}

function notAllowed(message: string): Refusal {
  const endings = [...new Set(Object.values(KINDS).map((k) => k.extensions[0]))].join(', ');
  return new Refusal('invalid', 'FILE_NOT_ALLOWED', message, `These are taken: ${endings}.`);
}
