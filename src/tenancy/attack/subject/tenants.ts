import type { ClientBase } from 'pg';
import { quoteIdent as q } from '../../../database/quote.ts';
import { LotlineError } from '../../../errors.ts';
import { ofTenants, type Table } from './tables.ts';

/** The two tenants of an attack: rows of `ours` are what everybody else is after. */
export interface Tenants {
  readonly ours: string;
  readonly theirs: string;
}

/**
 * The two tenants with the most rows.
 * @throws LotlineError `ATTACK_TENANTS` where there are fewer than two.
 */
export async function chooseTenants(client: ClientBase, tables: readonly Table[]): Promise<Tenants> {
  const counts = tables
    .filter((t) => ofTenants(t) && t.model.scope !== 'tenant-root')
    .map((t) => `SELECT ${q(t.tenantKey!)}::text AS tenant, count(*) AS n FROM ${t.sql} GROUP BY 1`);
  const { rows } = await client.query<{ tenant: string }>(
    `SELECT tenant FROM (${counts.join(' UNION ALL ')}) c WHERE tenant IS NOT NULL
     GROUP BY tenant ORDER BY count(*) DESC, sum(n) DESC, tenant LIMIT 2`,
  );
  const [ours, theirs] = rows.map((r) => r.tenant);
  if (!ours || !theirs)
    throw new LotlineError(
      'ATTACK_TENANTS',
      'An attack needs rows of at least two tenants.',
      'seed the database first: npm run db:seed',
    );
  return { ours, theirs };
}
