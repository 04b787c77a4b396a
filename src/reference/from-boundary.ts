import type { DMMF } from '@prisma/generator-helper';
import type { Boundary, BoundaryModel, Column, ForeignKey } from '../tenancy/index.ts';
import { orderModules } from './modules.ts';
import type {
  ReferenceColumn,
  ReferenceEnum,
  ReferenceModel,
  ReferenceRelation,
  ReferenceSource,
} from './source.ts';

const KINDS = ['primary', 'unique', 'index'];

/**
 * Puts the compiled schema into reading order. `datamodel` (of Prisma’s DMMF) adds what the boundary has no
 * need of: the names of opposite relation fields and the doc comments of enum values.
 */
export function referenceSource(boundary: Boundary, datamodel: DMMF.Datamodel): ReferenceSource {
  const modules = orderModules([...boundary.models, ...boundary.enums].map((it) => it.module));
  const rank = new Map(modules.map((module, index) => [module.name, index]));
  const byModule = (a: { module: string }, b: { module: string }) =>
    (rank.get(a.module) ?? 0) - (rank.get(b.module) ?? 0);
  return {
    modules,
    models: boundary.models.map((model) => describeModel(model, boundary, datamodel)).sort(byModule),
    enums: describeEnums(boundary, datamodel).sort(byModule),
  };
}

function describeModel(model: BoundaryModel, boundary: Boundary, datamodel: DMMF.Datamodel): ReferenceModel {
  const { table, module, scope, description } = model;
  return {
    name: model.model,
    table,
    module,
    scope,
    description,
    ...(model.tenantColumn ? { tenantColumn: model.tenantColumn } : {}),
    columns: model.columns.map((column) => describeColumn(column, boundary)),
    keys: [...model.keys].sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind)),
    relations: model.foreignKeys.map((key) => describeRelation(model, key, datamodel)),
    checks: model.checks,
    policies: model.policies,
    grants: model.grants,
  };
}

/** The boundary names an enum column’s type as Prisma does; a reader of SQL needs the type’s own name. */
function describeColumn(column: Column, { enums }: Boundary): ReferenceColumn {
  const type = enums.find((it) => it.name === column.enumName)?.type;
  return type === undefined ? column : { ...column, type: column.list ? `${type}[]` : type };
}

function describeRelation(
  model: BoundaryModel,
  key: ForeignKey,
  datamodel: DMMF.Datamodel,
): ReferenceRelation {
  const own = key.columns.filter((column) => column !== model.tenantColumn);
  const opposite = oppositeField(model.model, key.field, datamodel);
  return {
    name: key.name,
    field: key.field,
    target: key.target,
    columns: key.columns,
    ownColumns: own.length > 0 ? own : key.columns,
    targetColumns: key.targetColumns,
    onDelete: key.onDelete,
    optional: model.columns.some((column) => column.nullable && key.columns.includes(column.column)),
    oneToOne: opposite !== undefined && !opposite.isList,
    ...(opposite ? { opposite: opposite.name } : {}),
  };
}

function oppositeField(model: string, name: string, datamodel: DMMF.Datamodel): DMMF.Field | undefined {
  const field = datamodel.models.find((it) => it.name === model)?.fields.find((it) => it.name === name);
  if (!field) return undefined;
  return datamodel.models
    .find((it) => it.name === field.type)
    ?.fields.find((it) => it.relationName === field.relationName && it.relationFromFields?.length === 0);
}

function describeEnums(boundary: Boundary, datamodel: DMMF.Datamodel): ReferenceEnum[] {
  return boundary.enums.map((it) => {
    const known = datamodel.enums.find((other) => other.name === it.name);
    return {
      name: it.name,
      type: it.type,
      module: it.module,
      description: it.description,
      values: it.values.map((name) => ({ name, description: valueDescription(known, name) })),
      usedBy: boundary.models.flatMap((model) =>
        model.columns
          .filter((column) => column.enumName === it.name)
          .map((column) => ({ model: model.model, table: model.table, column: column.column })),
      ),
    };
  });
}

function valueDescription(known: DMMF.DatamodelEnum | undefined, name: string): string {
  const value = known?.values.find((it) => (it.dbName ?? it.name) === name);
  const text: unknown = value && 'documentation' in value ? value.documentation : undefined;
  return typeof text === 'string' ? text.replaceAll('\n', ' ') : '';
}
