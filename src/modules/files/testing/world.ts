import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterAll } from 'vitest';
import { freshDatabase } from '../../../../test/support/database.ts';
import type { TestServer } from '../../../../test/support/server.ts';
import { tenancyOn } from '../../../../test/support/tenancy.ts';
import { member, type Tenant, tenant } from '../../../../test/support/tenants.ts';
import { type OrgRole, permissionsOf } from '../../../auth/permissions.ts';
import { LIMITS, type Limits } from '../../../auth/tiers.ts';
import type { Db } from '../../../db.ts';
import { Refusal } from '../../../errors.ts';
import { HttpFault, type OrganizationEnv } from '../../../http/index.ts';
import { localStorage, type Storage, StorageError, s3Storage } from '../../../storage/index.ts';
import { s3Server, settingsFor } from '../../../storage/testing/s3-server.ts';
import { linkSigner } from '../index.ts';
import { fileRoutes, signedFileRoutes } from '../streams.ts';
import type { UploadedFile } from '../uploads.ts';

const STATUS = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  stale: 412,
  limit: 402,
  'too-large': 413,
  'too-many': 429,
} as const;

/** A database with two organizations, a storage, and the routes that stream as a server would mount them. */
export async function fileWorld(kind: 'local' | 's3', server?: TestServer) {
  const folder = mkdtempSync(join(tmpdir(), 'lotline-files-'));
  const fake = kind === 's3' ? await s3Server() : undefined;
  const db = await freshDatabase(server ? { server } : {});
  afterAll(async () => {
    await fake?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const storage: Storage = fake ? s3Storage(settingsFor(fake.endpoint)) : localStorage(join(folder, 'kept'));
  const spoolFolder = join(folder, 'spool');
  const tenancy = tenancyOn(db);
  const [ours, theirs] = [await tenant(db), await tenant(db)];
  const links = linkSigner(() => ['a secret of the server']);
  const as = ({ id, owner }: Tenant, userId = owner): Db =>
    tenancy.for({ organizationId: id, userId }) as unknown as Db;

  /** The application for one person, with limits as the plan would have them. */
  const app = (
    who: Tenant,
    {
      role = 'OWNER',
      limits = {},
      over = storage,
      presigned = 0,
    }: { role?: OrgRole; limits?: Partial<Limits>; over?: Storage; presigned?: number } = {},
  ) => {
    const server = new Hono<OrganizationEnv>();
    server.use('/v1/orgs/:organization/*', async (c, next) => {
      c.set('db', as(who));
      c.set('who', {
        userId: who.owner,
        email: 'a@example.com',
        name: null,
        platformRole: 'EMPLOYEE',
        via: 'session',
        credentialId: randomUUID(),
        organizationId: who.id,
        organizationSlug: 'ours',
        role,
        permissions: permissionsOf(role),
        tier: 'STARTER',
        limits: { ...LIMITS.STARTER, ...limits },
      });
      await next();
    });
    server.route('/v1/orgs/:organization/files', fileRoutes({ storage: over, spoolFolder, presigned }));
    const database = (organizationId: string) => tenancy.for({ organizationId }) as unknown as Db;
    server.route('/v1/files', signedFileRoutes({ storage: over, links, database }));
    server.onError((error, c) => {
      if (error instanceof Refusal) return c.json({ code: error.code }, STATUS[error.kind]);
      if (error instanceof HttpFault) return c.json({ code: error.code }, error.status);
      if (error instanceof StorageError) return c.json({ code: error.code }, error.status as 503);
      throw error;
    });
    return server;
  };

  /** Uploads as the owner, and gives what the server answered. */
  const upload = async (
    bytes: Buffer | string,
    name: string,
    { who = ours, ...options }: { who?: Tenant } & Parameters<typeof app>[1] = {},
  ) => {
    const answer = await app(who, options).request(`/v1/orgs/ours/files?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      body: bytes as never,
    });
    return { status: answer.status, body: (await answer.json()) as UploadedFile & { code?: string } };
  };

  const stored = async (who: Tenant) => {
    const keys: string[] = [];
    for await (const { key } of storage.list(`${who.id}/`)) keys.push(key);
    return keys.sort();
  };
  const rows = async (who: Tenant) =>
    (
      await db.platform.query(
        'SELECT id, storage_key, state, linked_at FROM files.uploads WHERE organization_id = $1 ORDER BY id',
        [who.id],
      )
    ).rows;
  const spooled = () => {
    try {
      return readdirSync(spoolFolder);
    } catch {
      return [];
    }
  };
  /** Lets time pass for the rows of an organization. */
  const age = (who: Tenant, hours: number) =>
    db.platform.query(
      "UPDATE files.uploads SET created_at = created_at - $2 * interval '1 hour', changed_at = changed_at - $2 * interval '1 hour' WHERE organization_id = $1",
      [who.id, hours],
    );

  return {
    db,
    storage,
    fake,
    folder,
    spoolFolder,
    links,
    ours,
    theirs,
    as,
    app,
    upload,
    stored,
    rows,
    spooled,
    age,
    member,
  };
}
