const RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;
// Controls, line and paragraph separators, marks that turn the direction of text round or cannot be seen.
const UNSEEN = /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;
const MOST = 255;

/**
 * A name for people to see and to save under, made of what a client sent: the last part of a path, without what cannot be
 * seen or turns text round, without what file systems refuse, at most 255 bytes with its ending kept. Never empty; the same
 * again when it is cleaned again. It is never part of a path on the server.
 */
export function cleanName(given: string): string {
  // A bound before patterns run over it; what is longer loses its beginning.
  let name = given.slice(-4096).toWellFormed().normalize('NFC').replace(UNSEEN, '');
  name = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  name = trimmed(name.replace(/[<>:"|?*]/g, '_'));
  if (RESERVED.test(name)) name = `_${name}`;
  return trimmed(shortened(name)) || 'file';
}

function trimmed(name: string): string {
  return name.replace(/^[\s.]+|[\s.]+$/g, '');
}

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= MOST) return name;
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? '';
  let kept = '';
  let room = MOST - ending.length;
  for (const character of name.slice(0, name.length - ending.length)) {
    room -= Buffer.byteLength(character);
    if (room < 0) break;
    kept += character;
  }
  return `${trimmed(kept)}${ending}`;
}
