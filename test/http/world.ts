import pg from 'pg';
import { seedSignIns } from '../../src/auth/index.ts';
import { demoPeople } from '../../src/modules/organizations/index.ts';
import { type Boundary, readGenerated } from '../../src/tenancy/index.ts';
import type { TestApp } from '../support/app.ts';
import { root } from '../support/keys.ts';
import type { Actor } from './fuzz.ts';
import type { Document, PoolOf } from './operations.ts';

/** The brokerage whose people ask, and the one that they must not learn of. */
const OURS = 'quillmarsh-realty';
const THEIRS = 'oddfern-properties';

/** Parts of paths whose ids are of a table that is not called like them. */
const TABLES: Readonly<Record<string, string>> = {
  loop: 'transaction_loops',
  party: 'loop_parties',
  request: 'signature_requests',
  signature: 'document_signatures',
  alert: 'system_alerts',
  content: 'content',
  user: 'organization_members',
  member: 'organization_members',
  activity: 'activities',
  file: 'files.uploads',
  key: 'auth.api_keys',
  invitation: 'auth.invitations',
  job: 'queue.runs',
};

/** Texts with a grammar of their own, which chance would not find. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  Prefer: [
    'return=minimal',
    'return=representation',
    'return=headers-only',
    'resolution=merge-duplicates',
    'resolution=ignore-duplicates',
    'return=representation, max-affected=3',
    'handling=strict, count=exact',
    'valueOf',
  ],
  'If-Match': ['*', '*', '*', '*', '*', '"1"', 'W/"x"'],
  'If-None-Match': ['*', '"1"'],
  Range: ['bytes=0-3', 'bytes=2-', 'bytes=-2', 'bytes=900-', 'bytes=0-1,3-4'],
  scopes: ['crm:read', 'crm:write', 'files:read'],
  grant: ['crm:write', 'activity:read'],
  deny: ['crm:read'],
  timezone: ['America/Chicago', 'Europe/Berlin'],
  timeZone: ['America/Chicago', 'Europe/Berlin'],
};

/** Fields that hold the key of a file. */
const STORED = /^(storageKey|fileKey|filePath)$/;

/** What generated requests are made of and judged by, on a database that holds the demo. */
export interface World {
  readonly document: Document;
  readonly actors: readonly Actor[];
  readonly pool: PoolOf;
  /** Ids that stand in rows of the other brokerage and nowhere else. */
  readonly foreign: ReadonlySet<string>;
  /** Gives back what requests took from the actors, and reads the ids anew. */
  restore(): Promise<void>;
}

/** @param superuserUrl row security does not hide from it whose rows are whose */
export async function openWorld(
  superuserUrl: string,
  server: TestApp,
): Promise<World & { close(): Promise<void> }> {
  const { boundary } = readGenerated(root);
  const client = new pg.Client(superuserUrl);
  await client.connect();
  await client.query('SET ROLE lotline_platform');
  await seedSignIns(client, demoPeople());
  await client.query('RESET ROLE');
  const idOf = async (slug: string) =>
    (await client.query('SELECT id FROM organizations WHERE slug = $1', [slug])).rows[0].id as string;
  const [ours, theirs] = [await idOf(OURS), await idOf(THEIRS)];
  // The highest plan, so that what is tried is the routes and not the limit of requests.
  await client.query(
    "UPDATE subscriptions SET tier = 'ENTERPRISE', status = 'ACTIVE' WHERE organization_id = $1",
    [ours],
  );
  const members = (
    await client.query('SELECT * FROM organization_members WHERE organization_id = $1', [ours])
  ).rows;
  const owner = await server.signIn('ottoline@quillmarsh.example');
  for (const name of ['one', 'two', 'three'])
    await server.ask('POST', `/v1/orgs/${OURS}/files?name=${name}.txt`, {
      headers: { ...owner, 'content-type': 'text/plain' },
      body: `A file called ${name}.`,
    });
  await server.ask('POST', `/v1/orgs/${OURS}/invitations`, {
    headers: owner,
    body: { email: 'somebody@example.com', role: 'MEMBER' },
  });
  await server.ask('POST', `/v1/orgs/${OURS}/keys`, {
    headers: owner,
    body: { name: 'one', scopes: ['crm:read'] },
  });
  const document = (await (await server.ask('GET', '/openapi.json')).json()) as Document;
  const actor = (name: string, headers: Record<string, string>): Actor => ({
    name,
    headers,
    organization: name === 'MEMBER' ? ours : OURS,
  });
  const actors = [
    actor('OWNER', owner),
    actor('MEMBER', await server.signIn('clementine@quillmarsh.example')),
    actor('VIEWER', await server.signIn('mortimer@quillmarsh.example')),
    actor('nobody', {}),
  ];
  const file = (
    await client.query('SELECT id, storage_key FROM files.uploads WHERE organization_id = $1 ORDER BY id', [
      ours,
    ])
  ).rows as { id: string; storage_key: string }[];
  const linked = await server.ask('POST', `/v1/orgs/${OURS}/files/${file[0]!.id}/link`, {
    headers: owner,
    body: { expiresIn: 3600 },
  });
  const link = new URL(((await linked.json()) as { url: string }).url, 'http://localhost');
  const ofLink: Readonly<Record<string, readonly string[]>> = {
    organizationId: [ours],
    fileId: [file[0]!.id],
    expires: [link.searchParams.get('expires')!],
    signature: [link.searchParams.get('signature')!],
  };
  const storageKeys = file.map((f) => f.storage_key);
  // Runs of jobs in every state that a person can do something about; no worker takes them.
  for (const status of ['QUEUED', 'FAILED', 'SUCCEEDED', 'CANCELLED'])
    await client.query(
      `INSERT INTO queue.runs (organization_id, name, input, status, finished_at)
       SELECT $1, 'crm.rescore-leads', '{}', $2, CASE WHEN $2 = 'QUEUED' THEN NULL ELSE now() END FROM generate_series(1, 12)`,
      [ours, status],
    );
  const foreign = await foreignIds(client, boundary, ours, theirs);
  let ids = await idsOf(client, boundary, ours, theirs);
  // What requests name may come to stand in rows of ours, where no reference forbids it.
  for (const id of [...ids.values()].flat()) foreign.delete(id);

  return {
    document,
    actors,
    foreign,
    pool: (field, path) =>
      (path.startsWith('/v1/files/') ? ofLink[field] : undefined) ??
      (STORED.test(field) ? storageKeys : undefined) ??
      WORDS[field] ??
      wordsOf(boundary, field, path) ??
      ids.get(tableOf(boundary, field, path) ?? '') ??
      [],
    restore: async () => {
      await client.query('UPDATE organizations SET archived_at = NULL, slug = $2, name = $3 WHERE id = $1', [
        ours,
        OURS,
        'Quillmarsh Realty',
      ]);
      for (const m of members)
        await client.query(
          `INSERT INTO organization_members (organization_id, user_id, role, permissions, joined_at)
           VALUES ($1, $2, $3, $4, $5) ON CONFLICT (organization_id, user_id)
           DO UPDATE SET role = excluded.role, permissions = excluded.permissions, left_at = $6`,
          [ours, m.user_id, m.role, m.permissions, m.joined_at, m.left_at],
        );
      await client.query('UPDATE users SET is_active = true, deleted_at = NULL');
      server.parts.auth.forget();
      ids = await idsOf(client, boundary, ours, theirs);
    },
    close: () => client.end(),
  };
}

/** Relations and fields of a collection, where a parameter of the data API takes their names. */
function wordsOf(boundary: Boundary, field: string, path: string): readonly string[] | undefined {
  const model = boundary.models.find((m) => m.table === collectionOf(path));
  if (!model) return undefined;
  const named = model.columns.map((c) => c.field).slice(0, 12);
  switch (field) {
    case 'expand':
      return (model.relations ?? []).flatMap((r) => [r.field, `${r.field}(fields=id;limit=2)`]);
    case 'group':
      return [...named, 'createdAt.month'];
    case 'sum':
      return named;
    case 'on_conflict':
      return ['id', ...named];
    case 'count':
      return ['true', 'exact', '*'];
    case 'and':
    case 'or':
    case 'not':
      return named.flatMap((f) => [`(${f}.is:null)`, `(${f}.eq:1,${named[0]}.not_is:null)`]);
    default:
      return undefined;
  }
}

const collectionOf = (path: string) => /\/data\/([\w-]+)/.exec(path)?.[1]?.replaceAll('-', '_');

/** The table that an id in this field of a body, query or path names, if one is known. */
function tableOf(boundary: Boundary, field: string, path: string): string | undefined {
  const collection = collectionOf(path);
  if (field === 'id') return collection;
  if (field === 'organizationId') return 'organizations';
  const noun = path.split('/').findLast((part) => !part.startsWith('{')) ?? '';
  const models = boundary.models.filter((m) => m.table === (collection ?? noun));
  for (const model of [...models, ...(collection ? [] : boundary.models)]) {
    const relation = model.relations?.find((r) => r.from?.includes(field) && r.from.at(-1) === field);
    if (relation) return boundary.models.find((m) => m.model === relation.target)!.table;
  }
  const stem = field.replace(/Ids?$/, '').replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
  return TABLES[stem] ?? boundary.models.find((m) => m.table === `${stem}s`)?.table;
}

/** Ids by table: many of one's own, and a few of the others'. */
async function idsOf(
  client: pg.Client,
  boundary: Boundary,
  ours: string,
  theirs: string,
): Promise<Map<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>([['organizations', [ours, ours, ours, theirs]]]);
  const read = async (table: string, key: string, tenant: string | undefined) => {
    const one = async (organization: string, most: number) =>
      (
        await client.query({
          text: `SELECT ${key}::text FROM ${table} ${tenant ? `WHERE ${tenant} = $1` : 'WHERE $1::uuid IS NOT NULL'} ORDER BY 1 LIMIT ${most}`,
          values: [organization],
          rowMode: 'array',
        })
      ).rows.flat() as string[];
    found.set(table, [...(await one(ours, 40)), ...(tenant ? await one(theirs, 2) : [])]);
  };
  for (const m of boundary.models) {
    if (m.scope === 'tenant-root') continue;
    const key = m.keys.find((k) => k.kind === 'primary')!.columns.find((c) => c !== m.tenantColumn)!;
    await read(m.table, key, m.tenantColumn);
  }
  for (const table of ['files.uploads', 'auth.api_keys', 'auth.invitations', 'queue.runs'])
    await read(table, 'id', 'organization_id');
  return found;
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

async function foreignIds(
  client: pg.Client,
  boundary: Boundary,
  ours: string,
  theirs: string,
): Promise<Set<string>> {
  const foreign = new Set<string>([theirs]);
  const others = new Set<string>([ours]);
  for (const m of boundary.models) {
    const tenant = m.scope === 'catalogue' ? undefined : m.tenantColumn;
    const { rows } = await client.query(
      `SELECT t::text AS row, ${tenant ?? 'NULL::uuid'} AS tenant FROM ${m.table} AS t`,
    );
    if (m.scope === 'tenant-root' || m.scope === 'identity') continue;
    for (const { row, tenant: owner } of rows)
      for (const id of row.match(UUID) ?? []) (owner === theirs ? foreign : others).add(id);
  }
  for (const id of others) foreign.delete(id);
  return foreign;
}
