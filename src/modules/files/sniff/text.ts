import { createReadStream } from 'node:fs';

/**
 * Looks through a whole file for bytes that no text has: control characters other than tab, line feed, form feed and
 * carriage return. UTF-8 and the one-byte encodings of old spreadsheets pass; UTF-16, which has zero bytes, does not.
 */
export async function isText(path: string): Promise<boolean> {
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>)
    for (const byte of chunk)
      if (byte < 0x20 ? byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 : byte === 0x7f) return false;
  return true;
}

/** True where a text begins with header fields, as an e-mail does (RFC 5322, §2.2), an mbox line before them admitted. */
export function beginsAsMail(head: Buffer): boolean {
  return /^(?:From .*\r?\n)?(?:[!-9;-~]+:.*\r?\n(?:[ \t].*\r?\n)*){2}/.test(head.toString('latin1'));
}
