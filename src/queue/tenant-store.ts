import type { Exempt, TenantStore } from '../tenancy/lifecycle/index.ts';
import { WORKER_SCHEMA } from './prepare.ts';

const JOBS = `${WORKER_SCHEMA}._private_jobs`;

/**
 * The words that graphile-worker keeps for waiting runs. They hold ids alone and follow from `queue.runs`, which is exported
 * and erased as every table that refers to the organization; so an export leaves them out, and after an import the next
 * worker makes them anew.
 */
export function queueStore(): TenantStore {
  return {
    name: 'queue',
    tables: [JOBS],
    async count(tx) {
      await tx.as(tx.lifecycle.boundary.roles.platform);
      // No worker has started yet, so there is no such table.
      const { rows: found } = await tx.client.query<{ there: boolean }>(
        `SELECT pg_catalog.to_regclass('${JOBS}') IS NOT NULL AS there`,
      );
      if (!found[0]!.there) return {};
      const { rows } = await tx.client.query<{ rows: number }>(
        `SELECT count(*)::integer AS rows FROM ${JOBS} WHERE payload ->> 'organizationId' = $1`,
        [tx.tenant],
      );
      return { [JOBS]: rows[0]!.rows };
    },
    export: async () => [],
    import: async () => {},
    async erase(tx) {
      const counts = await this.count(tx);
      if (counts[JOBS])
        await tx.client.query(`DELETE FROM ${JOBS} WHERE payload ->> 'organizationId' = $1`, [tx.tenant]);
      return counts;
    },
    verify: async () => [],
  };
}

/** What else graphile-worker keeps. */
export function queueExemptions(): Exempt[] {
  const reason = 'graphile-worker’s own; names no tenant';
  return ['_private_job_queues', '_private_tasks', '_private_known_crontabs', 'migrations'].map((table) => ({
    table: `${WORKER_SCHEMA}.${table}`,
    reason,
  }));
}
