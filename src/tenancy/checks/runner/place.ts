import type { Boundary } from '../../boundary.ts';
import type { Place } from '../../scanner.ts';
import type { Observation } from './check.ts';

/**
 * Where the schema speaks of what was observed: the model whose table, key or constraint the object names. Objects
 * begin with the name of their table (`leads.leads_select USING`, `policy leads.leads_select`), or are one (`leads_idx`).
 */
export function placeOf({ object, table }: Observation, { models }: Boundary): Place | undefined {
  const words = [...(table ? [table] : []), ...object.split(' ')];
  const names = new Set(words.flatMap((w) => [w, w.slice(0, w.lastIndexOf('.')), w.split('.')[0]!]));
  const model =
    models.find((m) => names.has(m.table)) ?? models.find((m) => m.keys.some((k) => names.has(k.name)));
  return model?.place;
}
