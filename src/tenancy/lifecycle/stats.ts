import { quoteIdent as q } from '../../database/quote.ts';
import { ownTables, type PlannedTable, type TenantPlan } from './plan.ts';
import { planTenant } from './plan-tenant.ts';
import { type Lifecycle, type TenantTransaction, withAllTenants, withTenant } from './transaction.ts';
import { unknownTenant } from './unknown-tenant.ts';

/** The rows of one tenant in one table, or in all. */
export interface Figures {
  readonly rows: number;
  /** Of the rows as they are stored, without indexes and free space. */
  readonly bytes: number;
  /** When the oldest and the newest row were made, ISO 8601 in UTC; null where the tables do not say. */
  readonly oldest: string | null;
  readonly newest: string | null;
}

export interface TenantStats extends Figures {
  readonly tenant: string;
  /** People who belong to it, also those who have left; null where the declaration has no table of members. */
  readonly members: number | null;
  /** Tables that hold rows of it, the largest first. */
  readonly tables: readonly (Figures & { readonly table: string })[];
}

/**
 * How much a tenant holds and since when.
 * @throws LotlineError `TENANT_UNKNOWN`, `TENANT_UNCLASSIFIED`
 */
export function tenantStats(lifecycle: Lifecycle, tenant: string): Promise<TenantStats> {
  return withTenant(lifecycle, tenant, 'read', async (tx) => {
    const [stats] = await gather(tx, true);
    if (!stats) throw unknownTenant(tenant);
    return stats;
  });
}

/** The same of every tenant, the largest first. Reads every table of tenants once, as the platform. */
export function allTenantStats(lifecycle: Lifecycle): Promise<TenantStats[]> {
  return withAllTenants(lifecycle, (tx) => gather(tx, false));
}

type Row = Figures & { readonly tenant: string };

async function gather(tx: TenantTransaction, one: boolean): Promise<TenantStats[]> {
  const plan = await planTenant(tx);
  const found = new Map<string, (Figures & { table: string })[]>();
  for (const planned of ownTables(plan)) {
    tx.proceed();
    tx.tell(`measure ${planned.table.label}`);
    await tx.as(one ? planned.role : tx.lifecycle.boundary.roles.platform);
    const { rows } = await tx.client.query<Row>(figuresSql(planned, one ? tx.literal : undefined));
    for (const { tenant, ...figures } of rows) {
      if (!found.has(tenant)) found.set(tenant, []);
      found.get(tenant)!.push({ table: planned.table.label, ...figures });
    }
  }
  const stats = [...found].filter(([, tables]) => tables.some((t) => t.table === plan.root.table.label));
  return stats.map(([tenant, tables]) => sum(tenant, tables, plan)).sort((a, b) => b.bytes - a.bytes);
}

function figuresSql(
  { table, tenantColumn, columns, where }: PlannedTable,
  tenant: string | undefined,
): string {
  const stamped = columns.filter((c) => c.type.startsWith('timestamp'));
  const made = stamped.find((c) => c.name === 'created_at') ?? stamped.find((c) => c.defaultsToNow);
  const moment = (of: string) =>
    made
      ? `to_char(${of}(t.${q(made.name)})::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
      : 'NULL::text';
  const column = `t.${q(tenantColumn!)}`;
  return (
    `SELECT ${column}::text AS tenant, count(*)::float8 AS rows, sum(pg_column_size(t.*))::float8 AS bytes, ` +
    `${moment('min')} AS oldest, ${moment('max')} AS newest FROM ${table.sql} AS t ` +
    `WHERE ${tenant ? where('t', tenant) : `${column} IS NOT NULL`} GROUP BY ${column}`
  );
}

function sum(tenant: string, tables: (Figures & { table: string })[], plan: TenantPlan): TenantStats {
  const moments = (of: 'oldest' | 'newest') => tables.flatMap((t) => t[of] ?? []).sort();
  return {
    tenant,
    rows: tables.reduce((n, t) => n + t.rows, 0),
    bytes: tables.reduce((n, t) => n + t.bytes, 0),
    members: plan.members ? (tables.find((t) => t.table === plan.members)?.rows ?? 0) : null,
    oldest: moments('oldest')[0] ?? null,
    newest: moments('newest').at(-1) ?? null,
    tables: tables.sort((a, b) => b.bytes - a.bytes),
  };
}
