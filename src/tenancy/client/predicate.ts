import type { Boundary } from '../boundary.ts';
import type { ProtocolQuery } from './prisma-internals.ts';

/** The tenant field of a model and the fields that hold plain values, by model. */
export type TenantFields = ReadonlyMap<
  string,
  { readonly tenant: string; readonly scalars: ReadonlySet<string> }
>;

const FILTERED = new Set(['findFirst', 'findFirstOrThrow', 'findMany', 'count', 'aggregate', 'groupBy']);
const FILTERED_WRITES = new Set(['updateMany', 'updateManyAndReturn', 'deleteMany']);
const UNIQUE = new Set(['findUnique', 'findUniqueOrThrow', 'updateOne', 'deleteOne']);
const CREATES = new Set(['createOne', 'createMany', 'createManyAndReturn']);

/** The models whose every row belongs to one tenant. */
export function tenantFields({ models }: Pick<Boundary, 'models'>): TenantFields {
  const fields = new Map<string, { tenant: string; scalars: Set<string> }>();
  for (const model of models) {
    const column = model.columns.find((c) => c.column === model.tenantColumn);
    if (!column || (model.scope !== 'tenant' && model.scope !== 'tenant-user')) continue;
    fields.set(model.model, { tenant: column.field, scalars: new Set(model.columns.map((c) => c.field)) });
  }
  return fields;
}

/**
 * The query with the tenant said outright. Row security decides without it; with it the planner knows a constant, and a
 * Citus coordinator the one shard. What the caller wrote about the tenant stays as it is, and the policies judge it.
 */
export function withTenant(query: ProtocolQuery, fields: TenantFields, tenant: unknown): ProtocolQuery {
  const model = query.modelName === undefined ? undefined : fields.get(query.modelName);
  if (!model) return query;
  const args = query.query.arguments ?? {};
  const changed = changedArguments(query.action, args, model, tenant);
  return changed === args ? query : { ...query, query: { ...query.query, arguments: changed } };
}

type Values = Record<string, unknown>;
type Model = TenantFields extends ReadonlyMap<string, infer M> ? M : never;

function changedArguments(action: string, args: Values, model: Model, tenant: unknown): Values {
  const where = args.where as Values | undefined;
  if (FILTERED.has(action) || FILTERED_WRITES.has(action)) {
    if (where && model.tenant in where) return args;
    return { ...args, where: { ...where, [model.tenant]: tenant } };
  }
  if (UNIQUE.has(action)) {
    if (!where || saysTenant(where, model.tenant)) return args;
    return { ...args, where: { ...where, [model.tenant]: tenant } };
  }
  if (CREATES.has(action)) {
    const { data } = args;
    if (Array.isArray(data)) return { ...args, data: data.map((row: Values) => owned(row, model, tenant)) };
    return data ? { ...args, data: owned(data as Values, model, tenant) } : args;
  }
  return args;
}

/** A tenant's id as Prisma's JSON protocol writes a value of the key's SQL type. */
export function tenantLiteral(id: string, sqlType = 'uuid'): unknown {
  if (/^bigint/.test(sqlType)) return { $type: 'BigInt', value: id };
  return /^(int|integer|smallint)/.test(sqlType) ? Number(id) : id;
}

/** Whether a unique key names the tenant: by itself or as part of a composite key. */
function saysTenant(where: Values, field: string): boolean {
  return (
    field in where || Object.values(where).some((v) => typeof v === 'object' && v !== null && field in v)
  );
}

/** A row of plain values gets its tenant; one with nested writes leaves it to the column's default. */
function owned(row: Values, model: Model, tenant: unknown): Values {
  if (model.tenant in row || !Object.keys(row).every((key) => model.scalars.has(key))) return row;
  return { ...row, [model.tenant]: tenant };
}
