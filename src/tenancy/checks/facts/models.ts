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

/** Tables of tenant scopes by name: by their tenant column, the tenant root by its key. */
export function tenantModels({ models }: Boundary): Map<string, TenantModel> {
  return new Map(
    models.flatMap((model): [string, TenantModel][] => {
      const tenantKey = model.scope === 'tenant-root' ? 'id' : model.tenantColumn;
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
