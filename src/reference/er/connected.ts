/** Groups items that are linked, directly or through others. Groups and members keep the given order. */
export function connected<T>(items: readonly T[], linked: (a: T, b: T) => boolean): T[][] {
  const groups: T[][] = [];
  for (const item of items) {
    const touching = groups.filter((group) =>
      group.some((other) => linked(item, other) || linked(other, item)),
    );
    for (const group of touching) groups.splice(groups.indexOf(group), 1);
    groups.push([...touching.flat(), item]);
  }
  const position = (group: readonly T[]) => Math.min(...group.map((item) => items.indexOf(item)));
  return groups
    .map((group) => items.filter((item) => group.includes(item)))
    .sort((a, b) => position(a) - position(b));
}
