import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { LotlineError } from '../../errors.ts';
import type { Boundary } from '../boundary.ts';
import { signContext } from '../context.ts';
import type { KeySource } from '../keyring/index.ts';
import { clientBinder } from './bound-client.ts';
import { boundPool } from './bound-pool.ts';
import { BIND_CLUSTER, BIND_HERE } from './bound-query.ts';
import { type BulkOptions, type BulkRow, bulkInsert } from './bulk-insert.ts';
import { Calls } from './calls.ts';
import type { Connections } from './connections.ts';
import { tenancyError } from './errors.ts';
import { tenantFields, tenantLiteral, withTenant } from './predicate.ts';
import { internalsOf, type ProtocolQuery } from './prisma-internals.ts';
import { readBound } from './read-bound.ts';
import { Recent } from './recent.ts';
import { mayRepeatRead, retrying } from './retry.ts';
import { statementNames } from './statement-names.ts';

/** Who a client works for. Ids are the database's; `role` is what `app.enter()` gave for the two. */
export interface Tenant {
  readonly organizationId: string;
  /** The person; left out for work the system does for a tenant. */
  readonly userId?: string;
  readonly role?: string;
  /**
   * Where the request came from, for the log of changes (docs/activity-log.md). It is attribution, not security: nothing is
   * decided by it, and unlike the context it is not signed, so SQL of a caller could say otherwise.
   */
  readonly origin?: TenantOrigin;
}

export interface TenantOrigin {
  readonly ipAddress?: string | undefined;
  readonly userAgent?: string | undefined;
}

/** A Prisma client bound to one tenant. */
export type BoundClient<Client> = Client & Additions;

/** What a bound client has beyond Prisma's own. */
interface Additions {
  /** Whom the client works for. */
  readonly $tenant: Tenant;
  /**
   * Writes many rows of one model, all or none, many times faster than `createMany`. Rows may be a stream; each has the
   * same fields. It is a transaction of its own, also when called within another.
   * @example
   * await db.$bulkInsert('Contact', [{ name: 'Ada' }, { name: 'Grace' }]);
   * @returns the number of rows
   * @throws TenancyError as every call, LotlineError `ROWS_DIFFER`, `UNKNOWN_NAME`
   */
  $bulkInsert(
    model: string,
    rows: Iterable<BulkRow> | AsyncIterable<BulkRow>,
    options?: BulkOptions,
  ): Promise<number>;
  /**
   * Asks with a statement that the program has written, not a caller: it stays prepared, and the connection needs no
   * cleaning afterwards, which `$queryRaw` cannot know. Always outside a transaction, also when called within one.
   * @param sql one SELECT; whatever a caller said goes into `values`
   * @returns rows of columns as the driver reads them
   * @throws TenancyError as every call
   * @example
   * const [[contacts]] = await db.$read('SELECT count(*)::text FROM contacts WHERE name = $1', ['Ada']);
   */
  $read(sql: string, values?: readonly (string | null)[]): Promise<unknown[][]>;
}

/** What the Prisma client must be made with: the adapter, and the plugin by which a call keeps its tenant. */
export interface BaseOptions {
  readonly adapter: PrismaPg;
  readonly comments: Calls['comment'][];
}

export interface TenancyOptions<Client> {
  /** Makes the Prisma client with the options it is given; extensions and options of your own belong here. */
  readonly client: (options: BaseOptions) => Client;
  /** The compiled boundary, as `prisma generate` leaves it in `boundary.json`. */
  readonly boundary: Pick<Boundary, 'models' | 'enums' | 'tenantType'>;
  /** Connection string of the application role, or a pool that logs in as it; a pool given is not ended by `close()`. */
  readonly url: string | pg.Pool;
  /** The key that signs contexts, asked for at every signing so that it can rotate. */
  readonly keys: KeySource;
  /** Connections at most; 10 unless told. */
  readonly connections?: number;
  /** A pooler in transaction mode, such as PgBouncer, stands between: nothing is left on a connection. */
  readonly pooler?: boolean;
  /** The server is the coordinator of a Citus cluster. */
  readonly cluster?: boolean;
  /**
   * Statement texts that are kept prepared on each connection; 0 for none. 500 unless told, and none through a pooler,
   * which must know of them: PgBouncer from 1.22 on with `max_prepared_statements`.
   */
  readonly preparedStatements?: number;
  /** Milliseconds until the server stops a statement; 30 seconds unless told. Not sent through a pooler. */
  readonly statementTimeout?: number;
  /** Repetitions after a serialization failure or deadlock; 3 unless told. */
  readonly retries?: number;
  /** Bound clients that are kept for the next `for()` of the same tenant and person; 1,000 unless told. */
  readonly clients?: number;
  /** Whether to say the tenant in each query besides row security; true unless told. */
  readonly literalTenant?: boolean;
}

/** Seconds a token is valid, and from which age a client signs anew. */
const LIFETIME = 300;
const RENEW = 120;

/**
 * Prisma clients bound to tenants, over one pool of connections.
 *
 * @example
 * const tenancy = openTenancy({
 *   client: (options) => new PrismaClient(options),
 *   boundary,
 *   url: process.env.APP_DATABASE_URL,
 *   keys: { signing: () => key },
 * });
 * const db = tenancy.for({ organizationId, userId });
 * const contacts = await db.contact.findMany({ take: 20 });
 */
export interface Tenancy<Client> {
  /**
   * A full Prisma client that sees and writes what this tenant and person may. Cheap: ask for one per request.
   * Its errors are TenancyError; see there for the codes.
   * @example
   * const db = tenancy.for({ organizationId, userId, role: 'OWNER' });
   * const [row] = await db.$queryRaw`SELECT count(*)::int AS contacts FROM contacts`;
   * const deal = await db.$transaction(async (tx) => {
   *   const contact = await tx.contact.create({ data: { name: 'Ada' } });
   *   return tx.deal.create({ data: { title: `${contact.name}, ${row.contacts} before`, value: '1000.00', contactId: contact.id } });
   * });
   * @throws LotlineError `TENANT_INVALID` for ids that could not be signed.
   */
  for(tenant: Tenant): BoundClient<Client>;
  /** Rolls open transactions back, lets calls in flight end, then closes every connection. Twice is once. */
  close(): Promise<void>;
}

/**
 * @throws LotlineError `PRISMA_UNSUPPORTED` where the client is built differently from what this package knows.
 */
export function openTenancy<Client extends object>(options: TenancyOptions<Client>): Tenancy<Client> {
  const { boundary, url, pooler = false } = options;
  const pool = typeof url === 'string' ? openPool(url, options) : url;
  // A connection that breaks fails the call it serves and leaves the pool; as an event it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const prepared = options.preparedStatements ?? (pooler ? 0 : 500);
  const bindSql = options.cluster ? BIND_CLUSTER : BIND_HERE;
  const held: Connections = {
    pool,
    pooled: pooler,
    named: prepared > 0,
    tenantColumns: new Set(boundary.models.flatMap((m) => m.tenantColumn ?? [])),
    bindSql,
    nameOf: statementNames(prepared),
  };
  const calls = new Calls();
  const adapter = new PrismaPg(boundPool(held, calls));
  const base = options.client({ adapter, comments: [calls.comment] });
  const bind = clientBinder(base, calls);
  const fields = tenantFields(options.literalTenant === false ? { models: [] } : boundary);
  const attempts = { retries: options.retries ?? 3, pause: 20 };
  const clients = new Recent<object>(options.clients ?? 1000);
  let closed: Promise<void> | undefined;

  return {
    for: (tenant) => {
      const { organizationId, userId = '', role = '' } = tenant;
      const origin = originText(tenant.origin);
      return clients.get(JSON.stringify([organizationId, userId, role, origin]), () => {
        const literal = tenantLiteral(organizationId, boundary.tenantType);
        const rewrite = (query: ProtocolQuery) => withTenant(query, fields, literal);
        const token = signer(tenant, options.keys);
        const properties: Additions = {
          $tenant: Object.freeze({ ...tenant }),
          $bulkInsert: (model, rows, how) => bulkInsert(held, boundary, { model, token, origin }, rows, how),
          $read: (sql, values = []) =>
            retrying(attempts, mayRepeatRead, () => readBound(held, token, sql, values)).catch((error) => {
              throw tenancyError(error);
            }),
        };
        return bind({ token, origin }, { rewrite, attempts, properties });
      }) as BoundClient<Client>;
    },
    close: () => {
      closed ??= internalsOf(base)
        ._originalClient._engine.stop()
        .then(() => (typeof url === 'string' ? pool.end() : undefined));
      return closed;
    },
  };
}

function openPool(
  url: string,
  options: Pick<TenancyOptions<object>, 'pooler' | 'connections' | 'statementTimeout'>,
): pg.Pool {
  const { pooler = false, connections = 10, statementTimeout = 30_000 } = options;
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 10_000,
    application_name: 'lotline',
    ...(pooler ? {} : { statement_timeout: statementTimeout, idle_in_transaction_session_timeout: 60_000 }),
  });
  return pool;
}

/** The origin as `app.origin` carries it. A NUL, which PostgreSQL has in no text, and what is too long are left out. */
function originText({ ipAddress, userAgent }: TenantOrigin = {}): string {
  const kept = (text: string | undefined, most: number) =>
    text?.replaceAll('\0', '').toWellFormed().slice(0, most) || undefined;
  const origin = { ipAddress: kept(ipAddress, 100), userAgent: kept(userAgent, 1000) };
  return origin.ipAddress || origin.userAgent ? JSON.stringify(origin) : '';
}

/** Signs the tenant's context, once for all calls of the next two minutes. */
function signer(tenant: Tenant, keys: KeySource): () => string {
  const context = {
    organization: tenant.organizationId,
    ...(tenant.userId === undefined ? {} : { user: tenant.userId }),
    ...(tenant.role === undefined ? {} : { role: tenant.role }),
  };
  let token = '';
  let signed = 0;
  let by = -1;
  const sign = () => {
    const now = Date.now();
    const key = keys.signing();
    // A new key means that the old one is going, perhaps at once.
    if (key.id !== by || now - signed > RENEW * 1000) {
      token = signContext(context, key, LIFETIME, now);
      signed = now;
      by = key.id;
    }
    return token;
  };
  try {
    if (!tenant.organizationId) throw new RangeError('it names no organization');
    sign();
  } catch (error) {
    throw new LotlineError(
      'TENANT_INVALID',
      `This is no tenant: ${(error as Error).message}.`,
      'Give the organization’s id, and the person’s where one acts.',
      { cause: error },
    );
  }
  return sign;
}
