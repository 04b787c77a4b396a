/** A key that signs tenant contexts: its id (1 to 9999) and 32 to 64 bytes. */
export interface KeptKey {
  readonly id: number;
  readonly secret: Buffer;
}

/** Keys that are valid together; the first signs. */
export type Keyring = readonly [KeptKey, ...KeptKey[]];

const KEY = /^(?:([1-9]\d{0,3}):)?((?:[0-9a-f]{2}){32,64})$/i;

/**
 * Reads `<id>:<hexadecimal>`, several separated by commas, the signing one first. Hexadecimal alone is key 1.
 * Undefined when the text is something else, or names an id twice.
 */
export function parseKeyring(text: string): Keyring | undefined {
  const keys: KeptKey[] = [];
  for (const part of text.split(',')) {
    const [, id = '1', hex] = KEY.exec(part.trim()) ?? [];
    if (!hex || keys.some((key) => key.id === Number(id))) return undefined;
    keys.push({ id: Number(id), secret: Buffer.from(hex, 'hex') });
  }
  const [first, ...rest] = keys;
  return first && [first, ...rest];
}

/** The text that {@link parseKeyring} reads. It holds the secrets. */
export function formatKeyring(keys: Keyring): string {
  return keys.map(({ id, secret }) => `${id}:${secret.toString('hex')}`).join(',');
}
