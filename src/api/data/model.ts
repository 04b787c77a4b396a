import type { Permission } from '../../auth/permissions.ts';
import type { Feature } from '../../auth/tiers.ts';
import { quoteIdent } from '../../database/quote.ts';
import type { ModelRules } from '../../http/index.ts';
import type { Boundary, Column } from '../../tenancy/index.ts';
import { isSortable, type Kind, kindOf, shown } from './kinds.ts';
import { permissionsOfModel } from './permissions.ts';
import { forcedFields } from './policies.ts';

type BoundaryModel = Boundary['models'][number];

/** A field of a model, with everything a request may ask of it decided at start. */
export interface DataField {
  readonly name: string;
  /** Quoted. */
  readonly column: string;
  readonly kind: Kind;
  readonly nullable: boolean;
  readonly rules: NonNullable<Column['rules']>;
  readonly description: string;
  readonly default: string | undefined;
  readonly sortable: boolean;
  /** `"name"`, and the SQL after the table's alias that shows it; for json objects built by the server. */
  readonly alias: string;
  readonly show: (alias: string) => string;
  readonly creatable: boolean;
  readonly updatable: boolean;
  /** Why it cannot be written, where it cannot. */
  readonly closed: string | undefined;
  readonly required: boolean;
  /** Filled with the acting person where a create leaves it out. */
  readonly self: boolean;
  readonly updatedAt: boolean;
}

export interface DataRelation {
  readonly name: string;
  readonly target: DataModel;
  readonly list: boolean;
  readonly required: boolean;
  /** The join of a row of this side and one of the target, by the aliases of both. */
  readonly join: (near: string, far: string) => string;
}

/** A key that a caller may name: fields without the tenant's. */
export interface DataKey {
  readonly name: string;
  readonly fields: readonly string[];
  readonly columns: readonly string[];
  readonly primary: boolean;
  /** A partial or nulls-not-distinct key cannot be named by `on_conflict`. */
  readonly whole: boolean;
  readonly tenant: boolean;
}

/** A model of the API. */
export interface DataModel {
  readonly name: string;
  readonly collection: string;
  readonly module: string;
  readonly description: string;
  readonly table: string;
  readonly fields: readonly DataField[];
  readonly field: ReadonlyMap<string, DataField>;
  readonly relations: ReadonlyMap<string, DataRelation>;
  /** The fields that, within a tenant, name a row; the parts of its path. */
  readonly key: readonly DataField[];
  readonly keys: readonly DataKey[];
  /** The column that holds the tenant in every row that is seen, quoted; absent where rows of others are seen too. */
  readonly tenantColumn: string | undefined;
  readonly tenantField: string | undefined;
  readonly updatedAt: DataField | undefined;
  readonly searched: readonly DataField[];
  readonly may: { readonly create: boolean; readonly update: boolean; readonly delete: boolean };
  /** Whether a new row may be one that its writer does not see. */
  readonly hidden: boolean;
  readonly rules: ModelRules | undefined;
  readonly checks: BoundaryModel['checks'];
  readonly foreignKeys: BoundaryModel['foreignKeys'];
  readonly read: Permission | undefined;
  readonly write: Permission | undefined;
  readonly feature?: Feature;
}

export interface ModelOptions {
  readonly boundary: Boundary;
  readonly rules: readonly ModelRules[];
  /** The role whose grants decide what is there; the application's unless told. */
  readonly role?: string;
  /** False where the client is bound to no tenant: rows are then named by the whole key. */
  readonly bound?: boolean;
}

/** Every model the role may read, by collection. Pure; done once at start. */
export function dataModels(options: ModelOptions): ReadonlyMap<string, DataModel> {
  const { boundary } = options;
  const role = options.role ?? boundary.roles.app;
  const readable = boundary.models.filter(
    (m) => !m.implicit && m.grants.some((g) => g.role === role && g.privilege === 'select' && !g.columns),
  );
  const made = new Map(readable.map((m) => [m.model, makeModel(m, { ...options, role })]));
  relate(boundary, made);
  return new Map([...made.values()].map((m) => [m.collection, m]));
}

function makeModel(m: BoundaryModel, options: ModelOptions & { role: string }): DataModel {
  const { boundary, role, bound = true } = options;
  const rules = options.rules.find((r) => r.model === m.model);
  const tenantColumn = bound ? m.tenantColumn : undefined;
  const primary = m.keys.find((k) => k.kind === 'primary')!;
  const keyColumns = primary.columns.filter((c) => c !== tenantColumn || primary.columns.length === 1);
  const granted = (privilege: string) => {
    const grants = m.grants.filter((g) => g.role === role && g.privilege === privilege);
    if (grants.length === 0) return undefined;
    const columns = grants.flatMap((g) => g.columns ?? []);
    return (column: string) => grants.some((g) => !g.columns) || columns.includes(column);
  };
  const inserts = granted('insert');
  const updates = granted('update');
  const self = forcedFields(m, boundary.roles, role);
  const columns = m.columns.filter((c) => !c.hidden);
  const fields = columns.map((c): DataField => {
    const kind = kindOf(c, boundary.enums);
    const column = quoteIdent(c.column);
    const stamp = c.updatedAt || (c.column === 'created_at' && c.default === 'now()');
    const own = c.column === tenantColumn;
    // An id of the caller's in a key without the tenant would tell whether another tenant has it.
    const key = primary.columns.includes(c.column);
    const open = !key || !bound || (tenantColumn !== undefined && primary.columns.includes(tenantColumn));
    const closed = own
      ? 'It is the organization of the request.'
      : stamp
        ? 'The server keeps it.'
        : kind.name === 'other'
          ? 'Its type cannot be written here.'
          : rules?.closed?.[c.field];
    return {
      name: c.field,
      column,
      kind,
      nullable: c.nullable,
      rules: c.rules ?? {},
      description: c.description,
      default: c.default,
      sortable: isSortable(kind),
      alias: `"${c.field}"`,
      show: (alias) => shown(kind, `${alias}.${column}`),
      creatable: !closed && open && (inserts?.(c.column) ?? false),
      // Who made a row is not rewritten.
      updatable: !closed && !key && !self.has(c.column) && (updates?.(c.column) ?? false),
      closed,
      required:
        !c.nullable &&
        // Its default is the tenant of the context, and an unbound client has none.
        (c.default === undefined || (!bound && c.column === m.tenantColumn)) &&
        !c.list &&
        !self.has(c.column) &&
        !stamp &&
        !fills(rules, c.field),
      self: self.has(c.column),
      updatedAt: c.updatedAt ?? false,
    };
  });
  const field = new Map(fields.map((f) => [f.name, f]));
  const byColumn = new Map(columns.map((c, i) => [c.column, fields[i]!]));
  const scoped = m.scope === 'tenant' || m.scope === 'tenant-user' || m.scope === 'ingest';
  const refuses = rules?.refuses ?? {};
  return {
    name: m.model,
    collection: m.table.replaceAll('_', '-'),
    module: m.module,
    description: m.description,
    table: m.schema ? `${quoteIdent(m.schema)}.${quoteIdent(m.table)}` : `public.${quoteIdent(m.table)}`,
    fields,
    field,
    relations: new Map(),
    key: keyColumns.map((c) => byColumn.get(c)!),
    keys: m.keys
      .filter((k) => k.kind !== 'index')
      .map((k) => ({
        name: k.name,
        fields: k.columns.filter((c) => c !== tenantColumn).map((c) => byColumn.get(c)?.name ?? c),
        columns: k.columns.map(quoteIdent),
        primary: k.kind === 'primary',
        whole: k.where === undefined,
        tenant: m.tenantColumn !== undefined && k.columns.includes(m.tenantColumn),
      })),
    tenantColumn: tenantColumn && scoped ? quoteIdent(tenantColumn) : undefined,
    tenantField: tenantColumn ? byColumn.get(tenantColumn)!.name : undefined,
    updatedAt: fields.find((f) => f.updatedAt),
    searched: searched(fields),
    may: {
      create: inserts !== undefined && !refuses.create,
      update: updates !== undefined && !refuses.update,
      delete: granted('delete') !== undefined && !refuses.delete,
    },
    hidden: m.scope === 'tenant-user' || /\bOR\b|is_active|user_id/.test(selectOf(m, role)),
    rules,
    checks: m.checks,
    foreignKeys: m.foreignKeys,
    ...permissionsOfModel(m),
  };
}

const selectOf = (m: BoundaryModel, role: string) =>
  m.policies
    .filter((p) => p.permissive && p.roles.includes(role) && ['select', 'all'].includes(p.operation))
    .map((p) => p.using ?? '')
    .join(' OR ');

/** Relations of models that are both there. One side owns the columns; the other finds them by the relation's name. */
function relate(boundary: Boundary, made: ReadonlyMap<string, DataModel>): void {
  const sides = boundary.models.flatMap((m) => (m.relations ?? []).map((r) => ({ m, r })));
  const owners = new Map(sides.filter(({ r }) => r.from).map((side) => [side.r.name, side]));
  for (const { m, r } of sides) {
    const [near, target, owner] = [made.get(m.model), made.get(r.target), owners.get(r.name)];
    if (!near || !target || !owner) continue;
    const [from, to] = [owner.r.from!, owner.r.to!];
    const [here, there] = r.from ? [from, to] : [to, from];
    const pairs = here.map(
      (f, i) => [near.field.get(f)!.column, target.field.get(there[i]!)!.column] as const,
    );
    const join = (n: string, f: string) => pairs.map(([a, b]) => `${f}.${b} = ${n}.${a}`).join(' AND ');
    (near.relations as Map<string, DataRelation>).set(r.field, {
      name: r.field,
      target,
      list: r.list,
      required: r.required,
      join,
    });
  }
}

/** The text fields a search looks into: what people call a thing by first, then where they describe it. */
function searched(fields: readonly DataField[]): DataField[] {
  const names = [/^(name|title|subject)$/i, /name|title|email|number|company|phone|address|city|slug/i, /./];
  const texts = fields.filter(
    (f) =>
      f.kind.name === 'text' &&
      !f.kind.list &&
      !f.kind.width &&
      !/url$|key$|hash$|path$|token|html|^ip|agent/i.test(f.name),
  );
  const rank = (f: DataField) => names.findIndex((n) => n.test(f.name));
  return texts.toSorted((a, b) => rank(a) - rank(b)).slice(0, 8);
}

/** Whether a rule of the model gives the field its value at a create, so that the caller need not. */
function fills(rules: ModelRules | undefined, field: string): boolean {
  if (!rules?.create) return false;
  return field in (rules.closed ?? {}) || rules.fills?.includes(field) === true;
}
