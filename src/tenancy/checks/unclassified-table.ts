import { sqlName } from './facts/names.ts';
import { concerned, isOwn } from './facts/tables.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'unclassified-table',
  title: 'Nobody has said whose rows a table holds',
  why: 'A table that no model declares has no scope: no policy protects it, no export or erasure of a tenant finds it.',
  mend: 'Declare a model with a `@scope`, or drop the table.',
  also: ['splinter 0013', 'splinter 0019'],
  level: 'error',
  async run({ boundary, roles, facts }) {
    const tables = await facts.tables();
    const concerns = await concerned(facts, roles);
    const declared = new Set([...boundary.models.map((m) => m.table), ...(boundary.beside ?? [])]);
    const parents = new Map(tables.map((t) => [t.label, t.parent]));
    const classified = (label: string | null | undefined): boolean =>
      label != null && (declared.has(label) || classified(parents.get(label)));
    return tables
      .filter((t) => ['r', 'p'].includes(t.kind) && concerns(t) && !isOwn(t.label) && !classified(t.label))
      .map(({ label }) => ({
        object: label,
        detail: `${label} is in the database, but no model declares it, so nobody said whose rows it holds.`,
        remedy: `declare a model with a @scope for it, or drop it with its rows: \`DROP TABLE ${sqlName(label)};\``,
      }));
  },
};
