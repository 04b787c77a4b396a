import { Refusal } from '../../errors.ts';
import { nameOf } from './disposition.ts';

/** The first file of a form: its name and declared type, and its bytes as they come in. */
export interface FormFile {
  readonly name: string | undefined;
  readonly type: string | undefined;
  readonly bytes: AsyncIterable<Uint8Array>;
}

const MOST_HEADERS = 16 * 1024;

/**
 * Finds the one file of a `multipart/form-data` body (RFC 7578) as it streams in. Other fields are refused rather than
 * dropped: they would be lost without anybody noticing. `bytes` has to be read to its end, which also sees that nothing
 * follows.
 * @throws Refusal `UPLOAD_FORM_INVALID`
 */
export async function fileOfForm(body: AsyncIterable<Uint8Array>, contentType: string): Promise<FormFile> {
  const [, quoted, token] = /;\s*boundary=(?:"([^"]{1,70})"|([^;\s"]{1,70}))/i.exec(contentType) ?? [];
  const boundary = quoted ?? token;
  if (!boundary) throw invalid('it names no boundary');
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  const chunks = body[Symbol.asyncIterator]();
  // The first boundary may stand at the very beginning, without a line before it.
  let held: Buffer = Buffer.from('\r\n');
  const more = async () => {
    const { value, done } = await chunks.next();
    if (done) return false;
    held = Buffer.concat([held, value]);
    return true;
  };

  let at = held.indexOf(delimiter);
  for (; at < 0; at = held.indexOf(delimiter)) {
    if (held.length > MOST_HEADERS || !(await more())) throw invalid('it holds no part');
  }
  held = held.subarray(at + delimiter.length);
  let end = held.indexOf('\r\n\r\n');
  for (; end < 0; end = held.indexOf('\r\n\r\n')) {
    if (held.length > MOST_HEADERS || !(await more())) throw invalid('its part has no header');
  }
  const headers = held.toString('latin1', 0, end);
  held = held.subarray(end + 4);
  const field = (name: string) => new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(headers)?.[1]?.trim();
  const disposition = field('content-disposition');
  if (!disposition || !/;\s*filename\*?\s*=/i.test(disposition))
    throw invalid('it begins with a field that is no file');

  async function* bytes() {
    for (;;) {
      const found = held.indexOf(delimiter);
      if (found >= 0) {
        if (found > 0) yield held.subarray(0, found);
        held = held.subarray(found + delimiter.length);
        break;
      }
      // What may be the beginning of the delimiter waits for what follows.
      const safe = held.length - delimiter.length + 1;
      if (safe > 0) {
        yield held.subarray(0, safe);
        held = held.subarray(safe);
      }
      if (!(await more())) throw invalid('it ends in the middle of the file');
    }
    while (held.length < 2 && (await more()));
    if (held.toString('latin1', 0, 2) !== '--') throw invalid('it holds more than one part');
    while (await more()) held = held.subarray(0, 2);
  }

  return { name: nameOf(disposition), type: typeOf(field('content-type')), bytes: bytes() };
}

/** A media type without its parameters; undefined where it is none. */
export function typeOf(header: string | undefined): string | undefined {
  const type = header?.split(';')[0]?.trim().toLowerCase();
  return type && /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : undefined;
}

function invalid(what: string): Refusal {
  return new Refusal(
    'invalid',
    'UPLOAD_FORM_INVALID',
    `The form cannot be taken: ${what}.`,
    'Send one file and nothing else, or the bytes of the file as the body (?name=… names it).',
  );
}
