import type { BoundaryModel, Roles } from './boundary.ts';
import { columnName, sqlType } from './columns.ts';
import type { Dmmf, DmmfModel, Draft } from './compile.ts';
import { childCondition } from './parents.ts';
import { buildPolicies } from './policies.ts';

/** A table that Prisma makes for a many-to-many relation without a model: columns A and B, keys of the two ends. */
export interface JoinTable {
  readonly table: string;
  /** The models of A and B, in this order. */
  readonly ends: readonly [DmmfModel, DmmfModel];
}

/** The implicit many-to-many relations of a schema, by Prisma's naming: `_` and the relation's name. */
export function implicitJoins(dmmf: Dmmf): JoinTable[] {
  const joins = new Map<string, JoinTable>();
  for (const model of dmmf.datamodel.models) {
    for (const field of model.fields) {
      if (field.kind !== 'object' || !field.isList || field.relationFromFields?.length) continue;
      const other = dmmf.datamodel.models.find((m) => m.name === field.type);
      const back = other?.fields.find(
        (f) => f.relationName === field.relationName && (other !== model || f.name !== field.name),
      );
      if (!other || !back?.isList || back.relationFromFields?.length) continue;
      const ends = [model, other].sort((a, b) => (a.name < b.name ? -1 : 1)) as [DmmfModel, DmmfModel];
      joins.set(field.relationName!, { table: `_${field.relationName}`, ends });
    }
  }
  return [...joins.values()];
}

const OPEN = ['platform', 'catalogue'];

/** The boundary of these tables: a pair is seen by whoever sees both rows, as far as these are isolated at all. */
export function joinTables(dmmf: Dmmf, drafts: readonly Draft[], roles: Roles): BoundaryModel[] {
  return implicitJoins(dmmf).flatMap(({ table, ends }): BoundaryModel[] => {
    const known = ends.map((m) => drafts.find((d) => d.model.name === m.name));
    const [first, second] = known;
    if (!first || !second) return [];
    const columns = ends.map((m, i) => {
      const key = m.fields.find((f) => f.isId)!;
      const column = i === 0 ? 'A' : 'B';
      return { field: column, column, type: sqlType(key), nullable: false, list: false, description: '' };
    });
    const parents = [first, second].flatMap((draft, i) =>
      OPEN.includes(draft.scope.scope)
        ? []
        : [
            {
              columns: [i === 0 ? 'A' : 'B'],
              target: draft.model.name,
              targetColumns: [columnName(draft.model.fields.find((f) => f.isId)!)],
              known: draft,
            },
          ],
    );
    const closed = [first, second].some((d) => d.scope.scope === 'platform' && d.scope.argument === 'nobody');
    const isolated = parents.length > 0 && !closed;
    const scope = {
      kind: 'scope' as const,
      place: first.block.place,
      ...(isolated
        ? { scope: 'child' as const, argument: parents.map((p) => p.columns[0]).join(' | ') }
        : { scope: 'platform' as const, argument: closed ? 'nobody' : 'true' }),
    };
    return [
      {
        model: table,
        table,
        ...(first.schema ? { schema: first.schema } : {}),
        module: '',
        place: first.block.place,
        description: '',
        scope: scope.scope,
        implicit: true,
        ...(isolated ? { parents: parents.map(({ known: _, ...parent }) => parent) } : {}),
        columns,
        keys: [],
        foreignKeys: [],
        checks: [],
        ...buildPolicies({
          table,
          scope,
          rules: [],
          tenantKey: undefined,
          personKey: 'A',
          ...(isolated ? { row: childCondition(table, parents, true) } : {}),
          columns: ['A', 'B'],
          roles,
          target: 'postgres',
        }),
      },
    ];
  });
}
