import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { connectTo } from '../../../database/client.ts';
import { withDatabase } from '../../../database/engine/connection.ts';
import { quoteIdent as q } from '../../../database/quote.ts';
import type { Boundary } from '../../boundary.ts';
import type { BaseOptions, openTenancy, Tenancy, TenancyOptions } from '../../client/tenancy.ts';
import { type ContextKey, keyPads } from '../../context.ts';
import { findPeople, type People } from '../subject/people.ts';
import { readAttackedTables, type Table } from '../subject/tables.ts';
import { chooseTenants, type Tenants } from '../subject/tenants.ts';
import type { AnyClient } from './any-client.ts';
import { type ClientSubject, chooseSubject } from './subject.ts';

/** One of the tenants who ask at the same time. */
export interface Asker {
  readonly organizationId: string;
  readonly userId: string;
  readonly role: string;
  /** Rows with the label `standing`, another number for each neighbour. */
  readonly rows: number;
  /** The key of one of them. */
  readonly row: string;
}

/** A copy of a database on which clients are attacked. */
export interface ClientField {
  readonly boundary: Boundary;
  readonly key: ContextKey;
  /** A second key that the database holds. */
  readonly nextKey: ContextKey;
  readonly superuser: pg.Client;
  readonly superuserUrl: string;
  /** Logs in as the application. */
  readonly url: string;
  /** The same through a pooler. */
  readonly poolerUrl?: string;
  readonly subject: ClientSubject;
  readonly askers: readonly Asker[];
  readonly tables: readonly Table[];
  /** The tenants of the seed, who have rows in many tables. */
  readonly seeded: Tenants;
  readonly people: People;
  close(): Promise<void>;
}

export const STANDING = 'standing';
export const PASSING = 'passing';
const NEXT_KEY = 7001;

export interface FieldOptions {
  readonly superuserUrl: string;
  /** A migrated and seeded database to which nobody is connected; copied, not changed. */
  readonly database: string;
  readonly boundary: Boundary;
  readonly key: ContextKey;
  readonly loginUrl: (role: string, database: string) => string;
  /** Puts a pooler before the database of a URL; its URL, and how to end it. */
  readonly pooler?: (url: string) => Promise<{ url: string; stop(): Promise<void> }>;
  readonly tenants: number;
}

/** Copies the database and adds tenants, each with rows of its own, past every trigger. */
export async function prepareClientField(options: FieldOptions): Promise<ClientField> {
  const { superuserUrl, boundary, key } = options;
  const admin = await connectTo(superuserUrl);
  const name = `lotline_attack_client_${randomBytes(4).toString('hex')}`;
  await admin.query(`CREATE DATABASE ${q(name)} TEMPLATE ${q(options.database)} STRATEGY file_copy`);
  await admin.query(`REVOKE TEMPORARY ON DATABASE ${q(name)} FROM PUBLIC`);
  await admin.end();
  const url = options.loginUrl(boundary.roles.app, name);
  const superuser = await connectTo(withDatabase(superuserUrl, name));
  const pooler = await options.pooler?.(url);
  const close = async () => {
    await pooler?.stop();
    await superuser.end().catch(() => {});
    const last = await connectTo(superuserUrl);
    await last.query(`DROP DATABASE IF EXISTS ${q(name)} WITH (FORCE)`);
    await last.end();
  };
  try {
    const nextKey = { id: NEXT_KEY, secret: randomBytes(32) };
    const { inner, outer } = keyPads(nextKey.secret);
    await superuser.query('INSERT INTO app.context_keys (id, inner_pad, outer_pad) VALUES ($1, $2, $3)', [
      nextKey.id,
      inner,
      outer,
    ]);
    const { tables } = await readAttackedTables(superuser, boundary);
    const seeded = await chooseTenants(superuser, tables);
    const people = await findPeople(superuser, tables, boundary.roles.app, seeded);
    const subject = await chooseSubject(superuser, boundary, tables);
    const root = tables.find((t) => t.model.scope === 'tenant-root');
    const askers: Asker[] = [];
    await superuser.query('SET session_replication_role = replica');
    for (let i = 0; i < options.tenants; i += 1)
      askers.push(await addTenant(superuser, subject, root, seeded.ours, i));
    await superuser.query('RESET session_replication_role; ANALYZE');
    return {
      ...{ boundary, key, nextKey, superuser, url, subject, askers, tables, seeded, people, close },
      superuserUrl: withDatabase(superuserUrl, name),
      ...(pooler ? { poolerUrl: pooler.url } : {}),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function addTenant(
  client: pg.Client,
  subject: ClientSubject,
  root: Table | undefined,
  like: string,
  i: number,
): Promise<Asker> {
  const rows = 1 + (i % 7);
  const ids = Array.from({ length: rows }, () => randomUUID());
  const organizationId = randomUUID();
  if (root) {
    const text = root.columns.filter((c) => /^(text|character)/.test(c.type)).map((c) => c.name);
    const unique = root.uniques.flatMap((u) => u.columns).filter((c) => text.includes(c));
    const other = Object.fromEntries(unique.map((c) => [c, randomBytes(8).toString('hex')]));
    await addLike(client, root, `${q('id')} = $1`, [like], { ...other, id: organizationId });
  }
  for (const id of ids) {
    const { table, tenantColumn, idColumn, labelColumn } = subject;
    const values = { [tenantColumn]: organizationId, [idColumn]: id, [labelColumn]: STANDING };
    await addLike(client, table, 'true', [], values);
  }
  return { organizationId, userId: randomUUID(), role: 'OWNER', rows, row: ids[0]! };
}

/** A row like another one, with some values of its own. */
async function addLike(
  client: pg.Client,
  table: Table,
  where: string,
  params: unknown[],
  values: Record<string, unknown>,
): Promise<void> {
  const columns = table.columns
    .filter((c) => !c.generated)
    .map((c) => q(c.name))
    .join(', ');
  await client.query(
    `INSERT INTO ${table.sql} (${columns})
     SELECT ${columns
       .split(', ')
       .map((c) => `(r.made).${c}`)
       .join(', ')}
     FROM (SELECT jsonb_populate_record(t, $${params.length + 1}::jsonb) AS made FROM ${table.sql} AS t WHERE ${where} LIMIT 1) AS r`,
    [...params, JSON.stringify(values)],
  );
}

/** Opens tenancies of the client under attack, and closes them. */
export interface Opener {
  open(options?: Partial<TenancyOptions<object>>): OpenedTenancy;
  closeAll(): Promise<void>;
}

export interface OpenedTenancy {
  readonly tenancy: Tenancy<object>;
  /** The client that belongs to nobody. */
  readonly base: AnyClient;
  /** Its connections; each says `name` as its application. */
  readonly pool: pg.Pool;
  readonly name: string;
  as(asker: Pick<Asker, 'organizationId' | 'userId' | 'role'>): AnyClient;
}

export type OpenTenancy = typeof openTenancy;

export function opener(
  field: ClientField,
  openTenancy: OpenTenancy,
  prisma: (options: BaseOptions) => object,
): Opener {
  const ends: (() => Promise<void>)[] = [];
  return {
    open: (options = {}) => {
      const name = `attack_${randomBytes(4).toString('hex')}`;
      const connectionString = typeof options.url === 'string' ? options.url : field.url;
      const pool = new pg.Pool({ connectionString, max: options.connections ?? 4, application_name: name });
      let base: object = {};
      const tenancy = openTenancy({
        client: (given) => {
          base = prisma(given);
          return base;
        },
        boundary: field.boundary,
        keys: { signing: () => field.key },
        ...options,
        url: options.statementTimeout === undefined ? pool : connectionString,
      });
      ends.push(async () => {
        await tenancy.close();
        await pool.end();
      });
      return {
        ...{ tenancy, pool, name },
        base: base as AnyClient,
        as: ({ organizationId, userId, role }) =>
          tenancy.for({ organizationId, userId, role }) as unknown as AnyClient,
      };
    },
    closeAll: async () => {
      await Promise.all(ends.splice(0).map((end) => end()));
    },
  };
}
