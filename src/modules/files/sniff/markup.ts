/** How much of the beginning and the end of a file is searched for what a browser would run. */
export const SEARCHED = 16 * 1024;

// Each with what must follow, so that chance in compressed bytes does not make one (about 1 in 10^6 files).
const MARKUP =
  /<(?:!doctype\s+(?:html|svg)|(?:html|head|body|script|svg|iframe|object|embed|foreignobject)[\s>/]|\?php\s|\?xml-stylesheet\s|meta\s+http-equiv)/i;

/** What a browser would take for a page at the very beginning (WHATWG MIME Sniffing, §7.1, widened by XML). */
const PAGE = /^(?:\u00ef\u00bb\u00bf)?\s*(?:<!--|<!doctype|<\?xml|<[a-z][\w:-]*(?:[\s>/]|$))/i;

/** True where bytes carry HTML, SVG or a script. */
export function carriesMarkup(bytes: Buffer): boolean {
  return MARKUP.test(bytes.toString('latin1'));
}

/** True where a text begins as a page, a drawing or another XML document does. */
export function beginsAsPage(bytes: Buffer): boolean {
  return PAGE.test(bytes.subarray(0, 1024).toString('latin1'));
}
