import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { afterAll } from 'vitest';
import { seedDemo } from '../../src/modules/provisioning/index.ts';
import { readGenerated } from '../../src/tenancy/index.ts';
import type { Lifecycle } from '../../src/tenancy/lifecycle/index.ts';
import { freshDatabase, type TestDatabase } from './database.ts';
import { contextKey, root, type TestServer } from './server.ts';

/** A database with the demo, and what the work on its tenants needs. */
export interface DemoDatabase {
  readonly db: TestDatabase;
  readonly lifecycle: Lifecycle;
  /** The two demo brokerages and the platform's organization. */
  readonly ours: string;
  readonly theirs: string;
  readonly publisher: string;
}

export async function demoDatabase(server?: TestServer): Promise<DemoDatabase> {
  const db = await freshDatabase(server ? { server } : {});
  await seedDemo(db.platform);
  const { rows } = await db.platform.query('SELECT id, slug FROM organizations');
  const idOf = (slug: string) => rows.find((r) => r.slug === slug)!.id as string;
  return {
    db,
    lifecycle: lifecycleOf(db),
    ours: idOf('oddfern-properties'),
    theirs: idOf('quillmarsh-realty'),
    publisher: idOf('lotline'),
  };
}

export function lifecycleOf(db: TestDatabase): Lifecycle {
  return { ownerUrl: db.urls.owner, key: contextKey, boundary: readGenerated(root).boundary };
}

/** A folder of the test file's own, removed afterwards. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lotline-tenant-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Every row of every declared table but those of one tenant, by table: the rest of the world. */
export async function othersThan(client: ClientBase, tenant: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const model of readGenerated(root).boundary.models) {
    const key = model.scope === 'tenant-root' ? 'id' : model.tenantColumn;
    const { rows } = await client.query({
      text: `SELECT t::text FROM ${model.table} AS t ${key ? `WHERE ${key} <> $1` : 'WHERE $1::uuid IS NOT NULL'} ORDER BY 1`,
      values: [tenant],
      rowMode: 'array',
    });
    found[model.table] = createHash('sha256').update(JSON.stringify(rows)).digest('hex');
  }
  return found;
}

/** The NDJSON files of an export by their path, references apart. */
export function ndjson(folder: string): Record<string, string> {
  const files = readdirSync(folder).filter((f) => f.endsWith('.ndjson'));
  return Object.fromEntries(files.map((f) => [f, readFileSync(join(folder, f), 'utf8')]));
}
