import { queueExemptions, queueStore } from '../../queue/index.ts';
import type { Storage } from '../../storage/index.ts';
import type { Exempt, TenantStore } from '../../tenancy/lifecycle/index.ts';
import { fileStore } from '../files/index.ts';

/**
 * What holds data of tenants beside the declared tables, in the order in which it is exported. A module that brings such a
 * thing adds its store here; a table that neither a model nor a store answers for stops every export and erasure.
 */
export function tenantStores({ storage }: { readonly storage: Storage }): TenantStore[] {
  return [queueStore(), fileStore(storage)];
}

/** Tables that hold nothing of tenants though no model declares them, each with the reason. */
export function exemptTables(): Exempt[] {
  return [...queueExemptions()];
}
