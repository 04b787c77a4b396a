import type { Boundary, BoundaryModel, Key } from '../../boundary.ts';
import { sameColumns } from '../../keys.ts';
import type { LiveIndex } from './indexes.ts';

/** The verified reader of the tenant, which floors and policies compare with. */
export const TENANT_CALL = 'app.current_organization_id';

/** A model whose rows belong to tenants, with the column that says to which. */
export interface TenantModel {
  readonly model: BoundaryModel;
  readonly table: string;
  readonly tenantKey: string;
}

/** A boundary of several schemas says for each model in which its table stands. */
type Placed = BoundaryModel & { readonly schema?: string };

/** The boundary with its tables named as the catalogue names them: with their schema, where that is not `public`. */
export function labelled(boundary: Boundary): Boundary {
  const models = boundary.models.map((model: Placed) =>
    model.schema && model.schema !== 'public' ? { ...model, table: `${model.schema}.${model.table}` } : model,
  );
  return { ...boundary, models };
}

/** Schemas in which tables of the boundary stand: `public`, `app`, and those that models name. */
export function boundarySchemas({ models }: Boundary): string[] {
  return [
    ...new Set([
      'public',
      'app',
      ...models.flatMap((m) => (m.table.includes('.') ? m.table.split('.')[0]! : [])),
    ]),
  ];
}

/** Tables of tenant scopes by name: by their tenant column, the tenant root by its key. */
export function tenantModels({ models }: Boundary): Map<string, TenantModel> {
  return new Map(
    models.flatMap((model): [string, TenantModel][] => {
      const key = model.keys?.find((k) => k.kind === 'primary')?.columns[0] ?? 'id';
      const tenantKey = model.scope === 'tenant-root' ? key : model.tenantColumn;
      return tenantKey ? [[model.table, { model, table: model.table, tenantKey }]] : [];
    }),
  );
}

/** The key of the schema that the index was made for. Its purpose is the written reason for being different. */
export function declaredKey({ models }: Boundary, index: LiveIndex): Key | undefined {
  return models
    .find((m) => m.table === index.table)
    ?.keys.find((k) => k.name === index.name && sameColumns(k.columns.map(bare), index.columns));
}

function bare(column: string): string {
  return column.replace(/^"(.*)"$/, '$1').replace(/\s+(asc|desc)\b.*$/i, '');
}
