import { createHash } from 'node:crypto';
import { LotlineError } from '../../errors.ts';
import { deleteGroups, lockTenant, unlink } from './delete-rows.ts';
import { recordEvent } from './events.ts';
import { heldByOthers } from './held.ts';
import { erasePeople, findPeople, type People } from './people.ts';
import { ownTables, type TenantPlan } from './plan.ts';
import { planTenant } from './plan-tenant.ts';
import { type Found, type Proof, searchTenant } from './proof.ts';
import type { TenantStore } from './stores.ts';
import { type Lifecycle, type TenantTransaction, withTenant } from './transaction.ts';
import { unknownTenant } from './unknown-tenant.ts';
import { verifyExport } from './verify-export.ts';

export interface EraseOptions {
  /** Leaves the accounts of members who belong to no other tenant. */
  readonly keepPeople?: boolean;
  /** An export of the tenant: it is verified, and the record of the erasure names its manifest. */
  readonly exported?: string;
}

/** What an erasure would do. Counts are of this moment; the application may go on writing. */
export interface ErasePreview {
  readonly tenant: string;
  /** Rows by table, in the order in which they would be deleted; stores' own names after them. */
  readonly tables: Readonly<Record<string, number>>;
  /** Members who would go with the tenant, and who would stay because they are known elsewhere. */
  readonly people: { readonly leaving: number; readonly staying: number };
  /** Rows of others that refer to rows of this tenant: the erasure is refused while there are some. */
  readonly held: readonly Found[];
  /** To be given back as consent. Another table, option or export makes another one. */
  readonly token: string;
}

export interface Erased {
  readonly tenant: string;
  readonly tables: Readonly<Record<string, number>>;
  readonly people: number;
  /** The search through every table, inside the transaction before it was kept. */
  readonly proof: Proof;
  /** The same after it was kept. */
  readonly after: Proof;
}

/**
 * Tells what an erasure would do and changes nothing.
 * @throws LotlineError `TENANT_UNKNOWN`, `TENANT_UNCLASSIFIED`, `EXPORT_INVALID`
 */
export async function previewErase(
  lifecycle: Lifecycle,
  tenant: string,
  options: EraseOptions = {},
): Promise<ErasePreview> {
  const manifest = await exportOf(lifecycle, tenant, options);
  return withTenant(lifecycle, tenant, 'read', async (tx) => {
    const plan = await planTenant(tx);
    const tables: Record<string, number> = {};
    for (const planned of ownTables(plan).reverse()) {
      await tx.as(planned.role);
      tx.tell(`count ${planned.table.label}`);
      const { rows } = await tx.client.query<{ rows: number }>(
        `SELECT count(*)::integer AS rows FROM ${planned.table.sql} AS t WHERE ${planned.where('t', tx.literal)}`,
      );
      tables[planned.table.label] = rows[0]!.rows;
    }
    if (tables[plan.root.table.label] === 0) throw unknownTenant(tenant);
    for (const store of lifecycle.stores ?? []) Object.assign(tables, await store.count(tx));
    const { leaving, staying } = await peopleOf(tx, plan, options);
    return {
      tenant,
      tables,
      people: { leaving: leaving.length, staying },
      held: await heldByOthers(tx, plan),
      token: tokenOf(tx, plan, options, manifest),
    };
  });
}

/**
 * Erases a tenant: every row of it in every table, what stores hold, its members who belong nowhere else, its id in lists
 * of the platform. One transaction; before it is kept, every table is searched for the id, and once more afterwards.
 * @param consent the token that {@link previewErase} gave for the same options.
 * @throws LotlineError `ERASE_CONSENT`, `ERASE_HELD`, `ERASE_REMAINS`, `ERASE_UNPROVED`, `TENANT_BUSY`, `STOPPED` and those
 *   of the preview; nothing is erased then.
 */
export async function eraseTenant(
  lifecycle: Lifecycle,
  tenant: string,
  consent: string,
  actor: string,
  options: EraseOptions = {},
): Promise<Erased> {
  const manifest = await exportOf(lifecycle, tenant, options);
  const erased = await withTenant(lifecycle, tenant, 'write', async (tx) => {
    const plan = await planTenant(tx);
    await lockTenant(tx, plan);
    if (consent !== tokenOf(tx, plan, options, manifest)) throw noConsent();
    const held = await heldByOthers(tx, plan);
    if (held.length > 0) throw heldBy(held);
    const people = await peopleOf(tx, plan, options);
    const tables: Record<string, number> = {};
    for (const store of lifecycle.stores ?? []) Object.assign(tables, await store.erase(tx));
    await unlink(tx, plan, people.leaving);
    Object.assign(tables, await deleteGroups(tx, plan.groups));
    const persons = await erasePeople(tx, plan, people);
    await tx.client.query('SET CONSTRAINTS ALL IMMEDIATE');
    const proof = await requireNothingLeft(
      tx,
      plan,
      (lifecycle.stores ?? []).filter((s) => !s.erased),
    );
    const counts = people.table ? { ...tables, [people.table]: persons } : tables;
    await recordEvent(tx, {
      event: 'erased',
      actor,
      counts,
      ...(manifest ? { manifestSha256: manifest } : {}),
    });
    return { tenant, tables, people: persons, proof };
  });
  const { signal: _, ...unstopped } = lifecycle;
  const prove = async () => {
    for (const store of lifecycle.stores ?? []) await store.erased?.(tenant);
    return withTenant(unstopped, tenant, 'read', async (tx) =>
      requireNothingLeft(tx, await planTenant(tx), lifecycle.stores ?? []),
    );
  };
  const after = await prove().catch((error: unknown) => {
    throw unproved(error);
  });
  return { ...erased, after };
}

function peopleOf(tx: TenantTransaction, plan: TenantPlan, options: EraseOptions): Promise<People> {
  return options.keepPeople ? Promise.resolve({ leaving: [], staying: 0 }) : findPeople(tx, plan);
}

async function exportOf(lifecycle: Lifecycle, tenant: string, { exported }: EraseOptions) {
  if (exported === undefined) return undefined;
  const { manifest, sha256 } = await verifyExport(exported, lifecycle.onProgress);
  if (manifest.tenant === tenant) return sha256;
  throw new LotlineError(
    'EXPORT_INVALID',
    `${exported} is the export of another tenant.`,
    'name the export of this one',
  );
}

function tokenOf(tx: TenantTransaction, plan: TenantPlan, options: EraseOptions, manifest?: string): string {
  const tables = ownTables(plan).map((t) => `${t.table.label} ${t.kind}`);
  const stores = (tx.lifecycle.stores ?? []).map((s) => s.name);
  const meant = JSON.stringify([tx.tenant, tables, stores, options.keepPeople ?? false, manifest ?? null]);
  return createHash('sha256').update(meant).digest('hex').slice(0, 12);
}

async function requireNothingLeft(
  tx: TenantTransaction,
  plan: TenantPlan,
  stores: readonly TenantStore[],
): Promise<Proof> {
  const proof = await searchTenant(tx, plan);
  const stored: Found[] = [];
  for (const store of stores) {
    const left = (await store.verify(tx)).filter((f) => f.rows > 0);
    stored.push(...left.map((f) => ({ column: f.table, rows: f.rows })));
  }
  const remains = [...proof.remains, ...stored];
  if (remains.length === 0) return proof;
  throw new LotlineError(
    'ERASE_REMAINS',
    `The id of the tenant is still in ${remains.map((f) => `${f.column} (${f.rows})`).join(', ')}.`,
    'a column that holds ids of tenants needs a foreign key to the tenant, or a store that answers for it',
  );
}

function noConsent(): LotlineError {
  return new LotlineError(
    'ERASE_CONSENT',
    'The confirmation is not the one that the dry run printed for this tenant, these options and this schema.',
    'run it without --confirm, read what it would do, and give back the word it prints',
  );
}

function unproved(cause: unknown): LotlineError {
  return new LotlineError(
    'ERASE_UNPROVED',
    `The tenant is erased and the erasure recorded, but the search afterwards ended with: ${(cause as Error).message}`,
    'look at what it names; npx lotline tenant stats shows whether rows came back',
    { cause },
  );
}

function heldBy(held: readonly Found[]): LotlineError {
  return new LotlineError(
    'ERASE_HELD',
    `Rows of others refer to rows of this tenant: ${held.map((f) => `${f.column} (${f.rows})`).join(', ')}. Nothing was erased.`,
    'end what refers to them first, or let the platform take over what the tenant publishes',
  );
}
