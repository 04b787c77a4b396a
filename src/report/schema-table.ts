import type { Paint } from './paint.ts';
import type { Count, ModuleCount } from './step.ts';
import { wrapText } from './wrap-text.ts';

// The specification and the models differ by one; a reader who counts has to find the reason here.
const NOTE =
  'The specification counts 21 new models and 63 in all: its marketplace count of 5 leaves out the junction marketplace_bundle_items, which it also names.';

/** Models and enums by module, in two blocks: those of the first migration, and those added since. */
export function schemaTable(
  models: Count,
  enums: Count,
  modules: readonly ModuleCount[],
  paint: Paint,
): string[] {
  const block = (age: 'existing' | 'new') => [
    row(age, models[age], enums[age]),
    ...modules
      .filter((m) => m[age].models + m[age].enums > 0)
      .map((m) => paint('dim', row(`  ${m.module}`, m[age].models, m[age].enums))),
  ];
  return [
    `${paint('bold', 'Schema')}${paint('dim', 'models   enums'.padStart(34))}`,
    ...block('existing'),
    ...block('new'),
    paint('bold', row('in all', models.total, enums.total)),
    ...wrapText(NOTE, 96).map((l) => paint('dim', `  ${l}`)),
  ];
}

function row(label: string, models: number, enums: number): string {
  return `  ${label.padEnd(24)}${String(models).padStart(6)}${String(enums).padStart(8)}`;
}
