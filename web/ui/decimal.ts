/**
 * What somebody typed as an amount, as the API takes it: `1,250,000.5` → `1250000.5`. Undefined where it is no amount.
 * Commas and spaces are thousand separators; the decimal sign is a point.
 */
export function readDecimal(text: string): string | undefined {
  const plain = text.replaceAll(/[\s,_]/g, '');
  if (plain === '') return '';
  return /^-?(\d+(\.\d*)?|\.\d+)$/.test(plain)
    ? plain.replace(/\.$/, '').replace(/^(-?)\./, '$10.')
    : undefined;
}

/** A decimal string with thousand separators: `1250000.50` → `1,250,000.50`. Digits stay as they are. */
export function writeDecimal(value: string): string {
  const [whole = '', fraction] = value.split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
