import type { Operation, ScopeName } from './annotations.ts';
import type { ColumnRules } from './column-rules.ts';
import type { Place } from './scanner.ts';

/** A column as PostgreSQL has it, with the field that Prisma shows. */
export interface Column {
  readonly field: string;
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly list: boolean;
  /** The Prisma enum of the column, if it has one. */
  readonly enumName?: string;
  readonly default?: string;
  readonly description: string;
  /** Kept from everybody who works through the API: a hash, or what ties a row to another program. */
  readonly hidden?: true;
  /** The column's own check, without name. */
  readonly check?: string;
  /** What the check says, as far as annotations say it in numbers and names. */
  readonly rules?: ColumnRules;
  /** Prisma's `@updatedAt`: the time of the last change, kept by whoever writes. */
  readonly updatedAt?: true;
}

/** A primary key, unique key or index. `prisma` is false where only the compiler knows it. */
export interface Key {
  readonly name: string;
  readonly columns: readonly string[];
  readonly kind: 'primary' | 'unique' | 'index';
  readonly prisma: boolean;
  readonly nullsNotDistinct: boolean;
  readonly method?: string;
  readonly where?: string;
  readonly purpose?: string;
}

export interface ForeignKey {
  readonly name: string;
  readonly field: string;
  readonly columns: readonly string[];
  readonly target: string;
  readonly targetTable: string;
  readonly targetColumns: readonly string[];
  readonly onDelete: string;
  readonly onUpdate: string;
}

/** A relation field as Prisma has it. The side that owns the columns names them; the other leaves them out. */
export interface Relation {
  readonly field: string;
  readonly target: string;
  readonly list: boolean;
  readonly required: boolean;
  /** Equal on both sides. */
  readonly name: string;
  /** Fields, not columns. */
  readonly from?: readonly string[];
  readonly to?: readonly string[];
}

/** One row-security policy, condition in SQL of the compile target. */
export interface Policy {
  readonly name: string;
  readonly operation: Operation | 'all';
  readonly roles: readonly string[];
  readonly permissive: boolean;
  readonly using?: string;
  readonly check?: string;
}

/** A table privilege; with columns it covers only these. */
export interface Grant {
  readonly role: string;
  readonly privilege: Operation;
  readonly columns?: readonly string[];
}

/** A reference from a row to the row it belongs to. */
export interface Parent {
  readonly columns: readonly string[];
  readonly target: string;
  readonly targetColumns: readonly string[];
}

/**
 * What a table's changes leave behind. `shared` is read by the whole tenant: the log holds the values. `restricted` is read by
 * some of it: the log holds the action alone. `personal` is one person's: not logged, but told to that person.
 */
export type ChangeKind = 'shared' | 'restricted' | 'personal';

export interface Changes {
  readonly kind: ChangeKind;
  /** The column that names the row within its tenant. */
  readonly key: string;
  /** Of `personal`: the column of the person. */
  readonly person?: string;
  /** The model in snake case, as the log names it: `deal`, `loop_party`. */
  readonly resource: string;
  /** Columns whose values are never written into the log. */
  readonly withheld: readonly string[];
  /** Columns of type json or jsonb whose values are. */
  readonly nested: readonly string[];
}

/** The model that keeps what was changed in the others. */
export interface Changelog {
  readonly table: string;
  readonly tenantColumn: string;
  /** Who may be named as the one who changed: the table of members, by its columns for tenant and person. */
  readonly members?: { readonly table: string; readonly tenant: string; readonly person: string };
}

export interface BoundaryModel {
  readonly model: string;
  readonly table: string;
  /** Stem of the file the model stands in. */
  readonly module: string;
  readonly place: Place;
  readonly description: string;
  readonly scope: ScopeName;
  /** The PostgreSQL schema, where it is not `public`. */
  readonly schema?: string;
  readonly tenantColumn?: string;
  /** Of the scope `child`: the references through which a row reaches its tenant. */
  readonly parents?: readonly Parent[];
  /** True for the table behind an implicit many-to-many relation, which no model declares. */
  readonly implicit?: true;
  readonly columns: readonly Column[];
  readonly keys: readonly Key[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly relations?: readonly Relation[];
  readonly checks: readonly { readonly name: string; readonly sql: string }[];
  readonly policies: readonly Policy[];
  readonly grants: readonly Grant[];
  /** Absent where nobody records changes. */
  readonly changes?: Changes;
  /** Why the table's changes are not recorded, where the model says so. */
  readonly unlogged?: string;
}

export interface BoundaryEnum {
  readonly name: string;
  readonly type: string;
  readonly module: string;
  readonly description: string;
  readonly values: readonly string[];
}

/** Everything the compiler knows of a schema: what is declared, with defaults of the scopes filled in. */
export interface Boundary {
  readonly models: readonly BoundaryModel[];
  readonly enums: readonly BoundaryEnum[];
  readonly roles: Roles;
  readonly changelog?: Changelog;
  /** Tables of schemas beside Prisma's, as the catalogue labels them; the platform role's alone. */
  readonly beside?: readonly string[];
  /** Schemas that belong to the platform role, in which another program keeps tables of its own. */
  readonly handed?: readonly string[];
  /** SQL type of the tenant's key, `uuid` where it is absent. */
  readonly tenantType?: string;
  /** SQL type of a person's key, `uuid` where it is absent. */
  readonly userType?: string;
}

/** Role names. Besides the four that every boundary has, the roles that `to <role>` brought in. */
export interface Roles {
  readonly prefix: string;
  readonly owner: string;
  readonly app: string;
  readonly platform: string;
  readonly ingest: string;
  /** NOLOGIN: reads, writes and deletes all rows of the one tenant of its context; for export, import and erasure. */
  readonly custodian: string;
  /** NOLOGIN roles such as the owner of a public view. */
  readonly readers: readonly string[];
}

/** PostgreSQL evaluates a sub-select once per statement; Citus accepts only the bare function. */
export type CompileTarget = 'postgres' | 'citus';
