import type { Column } from './boundary.ts';
import type { Draft } from './compile.ts';

/** Checks of a table: one per column that has conditions, then the model's named rules. */
export function buildChecks(draft: Draft, columns: readonly Column[]): { name: string; sql: string }[] {
  const ofColumns = columns.flatMap((c) =>
    c.check ? [{ name: `${draft.table}_${c.column}_check`, sql: c.check }] : [],
  );
  const rules = draft.annotations.flatMap((a) =>
    a.kind === 'check' ? [{ name: `${draft.table}_${a.name}_rule`, sql: a.sql }] : [],
  );
  return [...ofColumns, ...rules];
}
