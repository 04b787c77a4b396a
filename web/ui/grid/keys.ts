/** Where a key leads from a row, in a list of `total` rows of which `visible` fit the window; undefined for other keys. */
export function rowAfterKey(key: string, row: number, total: number, visible: number): number | undefined {
  const last = total - 1;
  const to = (target: number) => Math.max(0, Math.min(last, target));
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return to(row + 1);
    case 'ArrowUp':
    case 'k':
      return to(row - 1);
    case 'PageDown':
      return to(row + visible);
    case 'PageUp':
      return to(row - visible);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
