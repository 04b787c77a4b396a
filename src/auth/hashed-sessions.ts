import { hash } from 'node:crypto';
import type { DBAdapter, DBTransactionAdapter, Where } from 'better-auth/adapters';

const PREFIX = 'sha256:';

/**
 * How the token of a session is kept: who reads the table cannot act as anybody. What is kept already stays as it is, since
 * the list of a person's sessions names them by it, to be revoked. It cannot be signed in with: cookies are signed.
 */
export function sealedToken(token: string): string {
  return token.startsWith(PREFIX) ? token : PREFIX + hash('sha256', token, 'hex');
}

type Query = { model: string; where?: Where[] | undefined };
type Row = { token?: unknown };

/** The library's adapter with tokens of sessions sealed on their way in, and as they were asked for on their way out. */
export function withHashedSessions(adapter: DBAdapter): DBAdapter {
  return {
    ...wrapped(adapter),
    transaction: (work) => adapter.transaction((tx) => work(wrapped(tx))),
  } as DBAdapter;
}

function wrapped<A extends DBAdapter | DBTransactionAdapter>(adapter: A): A {
  const opened = async <T>(query: Query, found: Promise<T>): Promise<T> => {
    const row = await found;
    if (query.model !== 'session' || row === null || typeof row !== 'object') return row;
    const asked = new Map(tokensOf(query.where).map((token) => [sealedToken(token), token]));
    const open = (one: unknown) => {
      const token = asked.get((one as Row).token as string);
      return token === undefined ? one : { ...(one as object), token };
    };
    return (Array.isArray(row) ? row.map(open) : open(row)) as T;
  };
  return {
    ...adapter,
    create: async (query: Parameters<A['create']>[0]) => {
      const { token } = query.data as Row;
      if (query.model !== 'session' || typeof token !== 'string') return adapter.create(query);
      const row = await adapter.create({ ...query, data: { ...query.data, token: sealedToken(token) } });
      return { ...row, token };
    },
    findOne: (query: Parameters<A['findOne']>[0]) => opened(query, adapter.findOne(sealed(query))),
    findMany: (query: Parameters<A['findMany']>[0]) => opened(query, adapter.findMany(sealed(query))),
    update: (query: Parameters<A['update']>[0]) => opened(query, adapter.update(sealed(query))),
    updateMany: (query: Parameters<A['updateMany']>[0]) => adapter.updateMany(sealed(query)),
    delete: (query: Parameters<A['delete']>[0]) => adapter.delete(sealed(query)),
    deleteMany: (query: Parameters<A['deleteMany']>[0]) => adapter.deleteMany(sealed(query)),
    count: (query: Parameters<A['count']>[0]) => adapter.count(sealed(query)),
    consumeOne: (query: Parameters<A['consumeOne']>[0]) => opened(query, adapter.consumeOne(sealed(query))),
  } as unknown as A;
}

function sealed<Q extends Query>(query: Q): Q {
  if (query.model !== 'session' || !query.where) return query;
  const where = query.where.map((condition) => {
    if (condition.field !== 'token') return condition;
    const { value } = condition;
    return {
      ...condition,
      value: Array.isArray(value) ? value.map((v) => sealedToken(String(v))) : sealedToken(String(value)),
    };
  });
  return { ...query, where };
}

function tokensOf(where: readonly Where[] = []): string[] {
  return where.filter((c) => c.field === 'token').flatMap((c) => c.value as string | string[]);
}
