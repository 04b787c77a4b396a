/**
 * What the reference pages are made of: everything in reading order, names resolved, nothing left to look up
 * elsewhere. `from-boundary.ts` makes it of the compiled schema; everything after it sees only these types.
 */

export type Operation = 'select' | 'insert' | 'update' | 'delete';

/** A column. `type` and `default` are SQL text, `check` is the condition of the column's own check. */
export interface ReferenceColumn {
  readonly field: string;
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly default?: string;
  readonly enumName?: string;
  readonly description: string;
  readonly check?: string;
}

/** A primary key, unique key or index; `columns` are SQL names. */
export interface ReferenceKey {
  readonly kind: 'primary' | 'unique' | 'index';
  readonly name: string;
  readonly columns: readonly string[];
  readonly nullsNotDistinct: boolean;
  readonly method?: string;
  readonly where?: string;
  readonly purpose?: string;
}

/**
 * A foreign key, seen from the model that holds it. `ownColumns` are its columns without those that an other
 * relation of the model already explains (the tenant), so they say what is peculiar to this one.
 */
export interface ReferenceRelation {
  readonly name: string;
  readonly field: string;
  readonly target: string;
  readonly columns: readonly string[];
  readonly ownColumns: readonly string[];
  readonly targetColumns: readonly string[];
  readonly onDelete: string;
  readonly optional: boolean;
  readonly oneToOne: boolean;
  readonly opposite?: string;
}

/** One policy; conditions are SQL as PostgreSQL gets it. */
export interface ReferencePolicy {
  readonly name: string;
  readonly operation: Operation | 'all';
  readonly roles: readonly string[];
  readonly permissive: boolean;
  readonly using?: string;
  readonly check?: string;
}

/** One privilege of a role; `columns` limits it to these. */
export interface ReferenceGrant {
  readonly role: string;
  readonly privilege: Operation;
  readonly columns?: readonly string[];
}

export interface ReferenceModel {
  readonly name: string;
  readonly table: string;
  readonly module: string;
  readonly scope: string;
  readonly description: string;
  /** The column that names the tenant; absent where rows belong to no tenant, or are the tenant. */
  readonly tenantColumn?: string;
  readonly columns: readonly ReferenceColumn[];
  readonly keys: readonly ReferenceKey[];
  readonly relations: readonly ReferenceRelation[];
  readonly checks: readonly { readonly name: string; readonly sql: string }[];
  readonly policies: readonly ReferencePolicy[];
  readonly grants: readonly ReferenceGrant[];
}

/** An enum. `module` is that of the file it stands in; `usedBy` names the columns whose type it is. */
export interface ReferenceEnum {
  readonly name: string;
  readonly type: string;
  readonly module: string;
  readonly description: string;
  readonly values: readonly { readonly name: string; readonly description: string }[];
  readonly usedBy: readonly { readonly model: string; readonly table: string; readonly column: string }[];
}

export interface ReferenceModule {
  readonly name: string;
  readonly title: string;
}

/** Modules in reading order; models and enums grouped by them, within one module as declared. */
export interface ReferenceSource {
  readonly modules: readonly ReferenceModule[];
  readonly models: readonly ReferenceModel[];
  readonly enums: readonly ReferenceEnum[];
}
