import { isUtf8 } from 'node:buffer';
import { Refusal } from '../../errors.ts';
import { textFault } from '../../http/index.ts';
import { Reason } from '../../modules/platform/index.ts';

/**
 * Why staff do it, from `reason` of the body or else X-Reason, which carries any text as UTF-8 or percent-encoded.
 * @param without what stands in the log where no reason is needed and none is given; undefined where one is needed
 * @throws Refusal `REASON_MISSING`, `REASON_INVALID`
 */
export function reasonOf(
  inBody: string | undefined,
  header: string | undefined,
  without: string | undefined,
): string {
  const said = inBody ?? (header === undefined ? undefined : decoded(header));
  if (said === undefined || said.trim() === '') {
    if (without !== undefined) return without;
    throw new Refusal(
      'invalid',
      'REASON_MISSING',
      'This needs a reason, which is kept in the log of the platform.',
      'Send it as the header X-Reason, or as "reason" in a JSON body.',
      { fields: [{ field: 'reason', code: 'REASON_MISSING', message: 'says why' }] },
    );
  }
  const { success, data } = Reason.safeParse(said);
  if (success && !textFault(data)) return data;
  throw new Refusal(
    'invalid',
    'REASON_INVALID',
    'The reason is a text of 1 to 2,000 characters.',
    'Shorten it, and leave out control characters.',
    { fields: [{ field: 'reason', code: 'REASON_INVALID', message: 'is a text of 1 to 2,000 characters' }] },
  );
}

/** Headers arrive as one character a byte. */
function decoded(header: string): string {
  const bytes = Buffer.from(header, 'latin1');
  const text = isUtf8(bytes) ? bytes.toString() : header;
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that begins no code is itself.
    return text;
  }
}
