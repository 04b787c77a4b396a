import { describe, expect, it } from 'vitest';
import { formatKeyring, parseKeyring } from './keyring.ts';

const [a, b] = ['ab'.repeat(32), 'CD'.repeat(64)];

describe('a keyring as text', () => {
  it('is one key, which then has the id 1', () => {
    expect(parseKeyring(a)).toEqual([{ id: 1, secret: Buffer.from(a, 'hex') }]);
  });

  it('is several keys by id, the signing one first', () => {
    const keys = parseKeyring(`12:${b}, 3:${a}`)!;
    expect(keys.map(({ id, secret }) => [id, secret.length])).toEqual([
      [12, 64],
      [3, 32],
    ]);
    expect(parseKeyring(formatKeyring(keys))).toEqual(keys);
  });

  it.each([
    '',
    ',',
    'ab',
    `0:${a}`,
    `10000:${a}`,
    `x:${a}`,
    `1:${a},1:${b}`,
    `${a},${b}`,
    `${a}0`,
    `1:${'ab'.repeat(65)}`,
    `2:${a},`,
  ])('is not %j', (text) => {
    expect(parseKeyring(text)).toBeUndefined();
  });
});
