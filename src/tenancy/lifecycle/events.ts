import type { ClientBase } from 'pg';
import type { TenantTransaction } from './transaction.ts';

export interface TenantEvent {
  readonly event: 'provisioned' | 'exported' | 'imported' | 'erased';
  /** Who asked. */
  readonly actor: string;
  /** Rows by table. */
  readonly counts: Readonly<Record<string, number>>;
  readonly manifestSha256?: string;
}

/** Writes into `app.tenant_events` what happened, in the transaction in which it happens. */
export async function recordEvent(tx: TenantTransaction, event: TenantEvent): Promise<void> {
  await tx.as(tx.lifecycle.boundary.roles.platform);
  await insertEvent(tx.client, tx.tenant, event);
}

/** The same for whoever acts as the platform role already. */
export async function insertEvent(client: ClientBase, tenant: string, event: TenantEvent): Promise<void> {
  const counts = Object.entries(event.counts).filter(([, rows]) => rows > 0);
  await client.query(
    `INSERT INTO app.tenant_events (organization_id, event, actor, row_counts, manifest_sha256)
     VALUES ($1, $2, $3, $4, $5)`,
    [
      tenant,
      event.event,
      event.actor,
      JSON.stringify(Object.fromEntries(counts)),
      event.manifestSha256 ?? null,
    ],
  );
}
