import type pg from 'pg';
import { connectTo } from '../../database/client.ts';
import { quoteIdent as q, quoteLiteral } from '../../database/quote.ts';
import { LotlineError } from '../../errors.ts';
import type { Boundary } from '../boundary.ts';
import { type ContextKey, signContext } from '../context.ts';
import type { Exempt } from './classify.ts';
import { lifecycleError } from './failures.ts';
import type { TenantStore } from './stores.ts';

/** What the work on whole tenants needs. */
export interface Lifecycle {
  /** A login that may become the roles of the boundary: the owner, or whoever migrates. */
  readonly ownerUrl: string;
  readonly key: ContextKey;
  readonly boundary: Boundary;
  /** What holds rows or files of tenants beside the declared tables. */
  readonly stores?: readonly TenantStore[];
  /** Tables that hold nothing of tenants, with the reason. */
  readonly exempt?: readonly Exempt[];
  /** Told what is done at the moment. */
  readonly onProgress?: (step: string) => void;
  /** Ends the work; nothing of it stays. */
  readonly signal?: AbortSignal;
  /** Milliseconds to wait for a lock (10 s), and for one statement (no bound). */
  readonly lockTimeout?: number;
  readonly statementTimeout?: number;
}

/** One transaction in the context of one tenant. */
export interface TenantTransaction {
  readonly client: pg.Client;
  readonly lifecycle: Lifecycle;
  /** The tenant's id as text, and as an SQL literal. */
  readonly tenant: string;
  readonly literal: string;
  /** Acts as a role from here on. */
  as(role: string): Promise<void>;
  /** Tells how far it is, twice a second at most. */
  tell(step: string): void;
  /** @throws LotlineError `STOPPED` where somebody wished the end. */
  proceed(): void;
}

// What the server prints must not depend on who asks.
const PRINTED_ALIKE = `SET LOCAL search_path = ''; SET LOCAL "TimeZone" = 'UTC'; SET LOCAL datestyle = 'ISO, YMD';
  SET LOCAL intervalstyle = 'postgres'; SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1;
  SET LOCAL xmloption = 'content'; SET LOCAL row_security = on; SET LOCAL idle_in_transaction_session_timeout = 0`;

/**
 * Runs `work` in one transaction bound to a tenant by the signed context: `read` in one snapshot that cannot write,
 * `write` in READ COMMITTED under a lock that lets one such work on the tenant run at a time.
 * @throws LotlineError `TENANT_ID`, `TENANT_BUSY`, `STOPPED`, `CONTEXT_REFUSED`, and what `work` throws; all is undone then.
 */
export async function withTenant<T>(
  lifecycle: Lifecycle,
  tenant: string,
  mode: 'read' | 'write',
  work: (tx: TenantTransaction) => Promise<T>,
): Promise<T> {
  if (!/^[A-Za-z0-9_-]{1,100}$/.test(tenant))
    throw new LotlineError(
      'TENANT_ID',
      `"${tenant}" is not the id of a tenant.`,
      'give the id or the address',
    );
  return inTransaction(lifecycle, tenant, mode, async (tx) => {
    await tx.as(lifecycle.boundary.roles.custodian);
    await tx.client.query('SELECT app.set_context($1)', [
      signContext({ organization: tenant }, lifecycle.key),
    ]);
    // A context that the database does not accept is told here, not by the first table.
    await tx.client.query('SELECT app.current_organization_id()');
    if (mode === 'write')
      await tx.client.query("SELECT pg_advisory_xact_lock(hashtextextended('tenant ' || $1, 0))", [tenant]);
    return work(tx);
  });
}

/** Runs `work` in one snapshot that cannot write, bound to no tenant: as the platform role, which sees all of them. */
export function withAllTenants<T>(
  lifecycle: Lifecycle,
  work: (tx: TenantTransaction) => Promise<T>,
): Promise<T> {
  return inTransaction(lifecycle, '', 'read', async (tx) => {
    await tx.as(lifecycle.boundary.roles.platform);
    return work(tx);
  });
}

async function inTransaction<T>(
  lifecycle: Lifecycle,
  tenant: string,
  mode: 'read' | 'write',
  work: (tx: TenantTransaction) => Promise<T>,
): Promise<T> {
  const { ownerUrl, signal } = lifecycle;
  const client = await connectTo(ownerUrl);
  const release = cancelledBy(signal, client, ownerUrl);
  const as = async (role: string) => {
    await client.query(`SET LOCAL ROLE ${q(role)}`);
  };
  const proceed = () => {
    if (signal?.aborted) throw stopped();
  };
  let told = Number.NEGATIVE_INFINITY;
  const tell = (step: string) => {
    if (performance.now() - told < 500) return;
    told = performance.now();
    lifecycle.onProgress?.(step);
  };
  try {
    proceed();
    await client.query(
      mode === 'read'
        ? 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'
        : 'BEGIN ISOLATION LEVEL READ COMMITTED',
    );
    const { lockTimeout = 10_000, statementTimeout = 0 } = lifecycle;
    await client.query(
      `${PRINTED_ALIKE}; SET LOCAL lock_timeout = ${Math.round(lockTimeout)}; SET LOCAL statement_timeout = ${Math.round(statementTimeout)}`,
    );
    const result = await work({
      client,
      lifecycle,
      tenant,
      literal: quoteLiteral(tenant).trim(),
      as,
      tell,
      proceed,
    });
    if (mode === 'write') await client.query('SET CONSTRAINTS ALL IMMEDIATE');
    proceed();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw signal?.aborted ? stopped(error) : lifecycleError(error);
  } finally {
    release();
    await client.end();
  }
}

/** Ends the statement that runs, from a second session, as soon as somebody wishes it. */
function cancelledBy(signal: AbortSignal | undefined, client: pg.Client, url: string): () => void {
  const cancel = async () => {
    const { processID } = client as unknown as { processID: number };
    const second = await connectTo(url);
    await second.query('SELECT pg_cancel_backend($1)', [processID]).finally(() => second.end());
  };
  const listen = () => void cancel().catch(() => {});
  signal?.addEventListener('abort', listen, { once: true });
  return () => signal?.removeEventListener('abort', listen);
}

function stopped(cause?: unknown): LotlineError {
  return new LotlineError(
    'STOPPED',
    'Stopped as wished. Nothing was changed.',
    'run it again when you like',
    {
      cause,
    },
  );
}
