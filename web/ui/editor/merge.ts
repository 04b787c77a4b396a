/** A field that both changed: the person here and somebody elsewhere. */
export interface Conflict {
  readonly field: string;
  readonly mine: unknown;
  readonly theirs: unknown;
}

type Values = Readonly<Record<string, unknown>>;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Fields of `mine` that differ from what was read. */
export function changedFields(base: Values, mine: Values): string[] {
  return Object.keys(mine).filter((field) => !same(base[field], mine[field]));
}

/**
 * Brings together what was typed with what the record became meanwhile: a field changed on one side only takes that side,
 * one changed on both to different values is a conflict and stays as typed.
 */
export function merge(base: Values, mine: Values, theirs: Values): { values: Values; conflicts: Conflict[] } {
  const values: Record<string, unknown> = {};
  const conflicts: Conflict[] = [];
  for (const field of Object.keys(mine)) {
    const [i, they] = [!same(base[field], mine[field]), !same(base[field], theirs[field])];
    values[field] = i ? mine[field] : theirs[field];
    if (i && they && !same(mine[field], theirs[field]))
      conflicts.push({ field, mine: mine[field], theirs: theirs[field] });
  }
  return { values, conflicts };
}
