import type { Dmmf } from '../compile.ts';
import { implicitJoins } from '../join-tables.ts';
import { type Proposal, reachesTenant } from './proposal.ts';
import type { Reference } from './tables.ts';

/**
 * The tables of implicit many-to-many relations whose ends belong to tenants, as proposals: a pair belongs to the first
 * such end, so that a reference to the second one has to be guarded like any other.
 */
export function joinProposals(dmmf: Dmmf, proposals: readonly Proposal[]): Proposal[] {
  const known = new Map(proposals.map((p) => [p.table.model, p]));
  return implicitJoins(dmmf).flatMap(({ table, ends }): Proposal[] => {
    const references = ends.map((end, i): Reference => {
      const column = i === 0 ? 'A' : 'B';
      return {
        columns: [column],
        target: end.name,
        targetColumns: known.get(end.name)?.table.key ?? [],
        required: true,
        onDelete: 'Cascade',
        by: 'relation',
        field: column,
      };
    });
    const first = references.find((r) => reachesTenant(known.get(r.target), known));
    const end = known.get(first?.target ?? '');
    if (!first || !end) return [];
    return [
      {
        table: {
          model: table,
          table,
          schema: end.table.schema,
          place: end.table.place,
          columns: [],
          key: ['A', 'B'],
          uniques: [],
          references,
        },
        scope: 'child',
        confidence: 'high',
        reason: `pairs of an implicit relation; tenant over ${first.target}`,
        parents: [first],
        notes: [],
      },
    ];
  });
}
