import { crc32, deflateSync } from 'node:zlib';

/** Small real files, made here so that nothing binary lies in the repository. */

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** One grey pixel. */
export function png(...more: [string, Buffer][]): Buffer {
  const size = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', size),
    ...more.map(([type, data]) => chunk(type, data)),
    chunk('IDAT', deflateSync(Buffer.from([0, 128]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** One pixel; `width` and a comment can be given, as those have who hide something. */
export function gif({ width = 1, comment = '' }: { width?: number; comment?: string } = {}): Buffer {
  const screen = Buffer.from([width & 255, width >> 8, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]);
  const said = comment
    ? Buffer.concat([Buffer.from([0x21, 0xfe, comment.length]), Buffer.from(comment), Buffer.from([0])])
    : Buffer.alloc(0);
  const image = Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]);
  return Buffer.concat([Buffer.from('GIF89a'), screen, said, image, Buffer.from([0x3b])]);
}

/** The frame of a JPEG with a comment; nothing decodes it here. */
export function jpeg(comment = 'x'): Buffer {
  const com = Buffer.from([0xff, 0xfe, 0, comment.length + 2]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    com,
    Buffer.from(comment),
    Buffer.from([0xff, 0xd9]),
  ]);
}

export function pdf(inside = ''): Buffer {
  return Buffer.from(
    `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n${inside}\ntrailer<</Root 1 0 R>>\n%%EOF\n`,
    'latin1',
  );
}

/** An archive without compression. */
export function zip(files: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const [n, data] = [Buffer.from(name), Buffer.from(text)];
    const both = Buffer.alloc(26);
    both.writeUInt16LE(20, 0);
    both.writeUInt32LE(crc32(data), 10);
    both.writeUInt32LE(data.length, 14);
    both.writeUInt32LE(data.length, 18);
    both.writeUInt16LE(n.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), both, n, data]);
    const end = Buffer.alloc(14);
    end.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), both, end, n]));
    parts.push(local);
    at += local.length;
  }
  const index = Buffer.concat(directory);
  const tail = Buffer.alloc(22);
  tail.write('PK\x05\x06', 0, 'latin1');
  tail.writeUInt16LE(directory.length, 8);
  tail.writeUInt16LE(directory.length, 10);
  tail.writeUInt32LE(index.length, 12);
  tail.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, index, tail]);
}

const DOCUMENT = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';

export function docx(more: Readonly<Record<string, string>> = {}): Buffer {
  return zip({
    '[Content_Types].xml': `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="${DOCUMENT}"/></Types>`,
    'word/document.xml': '<w:document/>',
    ...more,
  });
}

export function odt(): Buffer {
  return zip({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'content.xml': '<office:document-content/>',
  });
}

export function mp4(): Buffer {
  const box = Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp42', 'latin1');
  return Buffer.concat([box, Buffer.from('\0\0\0\x10mdat12345678', 'latin1')]);
}

export function heic(): Buffer {
  return Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x08mdat', 'latin1');
}

export function webp(): Buffer {
  return Buffer.from('RIFF\x16\0\0\0WEBPVP8 \x0a\0\0\0\x10\x02\0\x9d\x01\x2a\x01\0\x01\0', 'latin1');
}

export function tiff(): Buffer {
  return Buffer.from('II*\0\x08\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0', 'latin1');
}
