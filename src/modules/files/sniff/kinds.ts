/** A type of file that may be uploaded. */
export interface Kind {
  /** Endings of names, without dot; the usual one first. */
  readonly extensions: readonly string[];
  /** What clients also declare it as. */
  readonly aliases?: readonly string[];
  /** Browsers show it safely, so it may be shown inline when that is asked for. */
  readonly inline?: true;
  /** A ZIP archive by its content. */
  readonly zip?: true;
  /** Has no signature; told apart by name or declaration. */
  readonly text?: true;
}

const office = 'application/vnd.openxmlformats-officedocument';
const oasis = 'application/vnd.oasis.opendocument';

/**
 * The types that are taken, by MIME type. Everything that a browser runs (HTML, SVG, XML, scripts), programs and archives
 * are left out on purpose, as are office files with macros.
 */
export const KINDS: Readonly<Record<string, Kind>> = {
  'application/pdf': { extensions: ['pdf'], aliases: ['application/x-pdf'], inline: true },
  'image/png': { extensions: ['png'], aliases: ['image/x-png'], inline: true },
  'image/jpeg': {
    extensions: ['jpg', 'jpeg', 'jpe', 'jfif'],
    aliases: ['image/jpg', 'image/pjpeg'],
    inline: true,
  },
  'image/gif': { extensions: ['gif'], inline: true },
  'image/webp': { extensions: ['webp'], inline: true },
  'image/avif': { extensions: ['avif'] },
  'image/heic': { extensions: ['heic', 'heif'], aliases: ['image/heif'] },
  'image/heif': { extensions: ['heif', 'heic'], aliases: ['image/heic'] },
  'image/tiff': { extensions: ['tiff', 'tif'] },
  'video/mp4': { extensions: ['mp4', 'm4v'], aliases: ['video/x-m4v', 'application/mp4'] },
  'video/quicktime': { extensions: ['mov', 'qt'] },
  [`${office}.wordprocessingml.document`]: { extensions: ['docx'], zip: true },
  [`${office}.spreadsheetml.sheet`]: { extensions: ['xlsx'], zip: true },
  [`${office}.presentationml.presentation`]: { extensions: ['pptx'], zip: true },
  [`${oasis}.text`]: { extensions: ['odt'], zip: true },
  [`${oasis}.spreadsheet`]: { extensions: ['ods'], zip: true },
  [`${oasis}.presentation`]: { extensions: ['odp'], zip: true },
  'text/plain': { extensions: ['txt', 'text', 'log', 'md'], aliases: ['text/markdown'], text: true },
  'text/csv': {
    extensions: ['csv'],
    // What Windows declares where a spreadsheet program is installed.
    aliases: [
      'application/csv',
      'text/x-csv',
      'application/vnd.ms-excel',
      'text/plain',
      'text/comma-separated-values',
    ],
    text: true,
  },
  'message/rfc822': { extensions: ['eml'], aliases: ['text/plain'], text: true },
};

/** The ending of a name in lower case, without dot; empty where there is none. */
export function extensionOf(name: string): string {
  const at = name.lastIndexOf('.');
  return at > 0 ? name.slice(at + 1).toLowerCase() : '';
}

/** The type whose files have this ending. */
export function kindOfExtension(extension: string): string | undefined {
  return Object.keys(KINDS).find((mime) => KINDS[mime]!.extensions.includes(extension));
}

export function mayBeInline(mime: string): boolean {
  return KINDS[mime]?.inline === true;
}
