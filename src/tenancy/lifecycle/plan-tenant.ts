import { classify } from './classify.ts';
import { readLiveTables } from './live-tables.ts';
import type { TenantPlan } from './plan.ts';
import type { TenantTransaction } from './transaction.ts';

/**
 * What the work on a tenant touches, from the declaration and the catalogue as they are at this moment.
 * @throws LotlineError `TENANT_UNCLASSIFIED`, `TENANT_SCHEMA_DIFFERS`
 */
export async function planTenant({ client, lifecycle }: TenantTransaction): Promise<TenantPlan> {
  const claimed = (lifecycle.stores ?? []).flatMap((s) => s.tables);
  return classify(lifecycle.boundary, await readLiveTables(client), claimed, lifecycle.exempt);
}
