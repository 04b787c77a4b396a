import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { OrganizationApi } from './client.ts';
import type { AnyCollection, CreateOf, RowOf, UpdateOf } from './collection.ts';
import { useOrganization } from './organization.tsx';

/** A record with the version it was read at. */
export interface Versioned<Row> {
  readonly record: Row;
  readonly etag: string;
}

/** Conditions, order, fields and expansion, as in addresses of the data API. */
export type ListQuery = Readonly<Record<string, string | number | undefined>>;

const dataPath = (collection: AnyCollection, id?: string): string =>
  `/data/${collection.name}${id === undefined ? '' : `/${encodeURIComponent(id)}`}`;

/** One request to the data API; paths are made, so they are typed here once. */
async function call<T>(
  api: OrganizationApi,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  options: { query?: ListQuery; body?: unknown; headers?: Record<string, string>; signal?: AbortSignal },
): Promise<{ body: T; etag: string }> {
  const { query, ...rest } = options;
  const answer = await (
    api as never as Record<string, (p: string, o: object) => Promise<{ data: T; response: Response }>>
  )[method]!(path, { ...rest, params: { query } });
  return { body: answer.data, etag: answer.response.headers.get('etag') ?? '' };
}

export interface ListPage<Row> {
  readonly data: readonly Row[];
  readonly page: { readonly next?: string | null; readonly count?: number; readonly countIs?: string };
}

/** A page of a collection. */
export function useList<C extends AnyCollection, Row = RowOf<C>>(
  collection: C,
  query: ListQuery = {},
  options: { readonly enabled?: boolean; readonly tables?: readonly string[] } = {},
): UseQueryResult<ListPage<Row>, Error> {
  const { slug, api } = useOrganization();
  return useQuery({
    queryKey: [slug, 'data', collection.name, 'list', query],
    queryFn: async ({ signal }) =>
      (await call<ListPage<Row>>(api, 'GET', dataPath(collection), { query, signal })).body,
    meta: { tables: [collection.table, ...(options.tables ?? [])] },
    enabled: options.enabled ?? true,
  });
}

/** Reads a page outside React. */
export async function readList<Row>(
  api: OrganizationApi,
  collection: AnyCollection,
  query: ListQuery,
  signal?: AbortSignal,
): Promise<ListPage<Row>> {
  return (
    await call<ListPage<Row>>(api, 'GET', dataPath(collection), { query, ...(signal ? { signal } : {}) })
  ).body;
}

/** One record and its version. `query` names fields and expansions. */
export function useRecord<C extends AnyCollection, Row = RowOf<C>>(
  collection: C,
  id: string | undefined,
  query: ListQuery = {},
): UseQueryResult<Versioned<Row>, Error> {
  const { slug, api } = useOrganization();
  return useQuery({
    queryKey: [slug, 'data', collection.name, 'record', id, query],
    queryFn: ({ signal }) => readRecord<Row>(api, collection, id!, query, signal),
    meta: { tables: [collection.table] },
    enabled: id !== undefined,
  });
}

/** Reads one record outside React. */
export async function readRecord<Row>(
  api: OrganizationApi,
  collection: AnyCollection,
  id: string,
  query: ListQuery = {},
  signal?: AbortSignal,
): Promise<Versioned<Row>> {
  const { body, etag } = await call<Row>(api, 'GET', dataPath(collection, id), {
    query,
    ...(signal ? { signal } : {}),
  });
  return { record: body, etag };
}

/** Makes a record. `key` is the same for every try of one form, so that it is made once. */
export function useCreate<C extends AnyCollection>(
  collection: C,
): UseMutationResult<
  Versioned<RowOf<C>>,
  Error,
  { values: CreateOf<C>; key?: string; headers?: Readonly<Record<string, string>> }
> {
  const { api } = useOrganization();
  const stale = useStale(collection);
  return useMutation({
    mutationFn: async ({ values, key, headers }) => {
      const { body, etag } = await call<RowOf<C>>(api, 'POST', dataPath(collection), {
        body: values,
        headers: { ...headers, ...(key ? { 'idempotency-key': key } : {}) },
      });
      return { record: body, etag };
    },
    onSuccess: stale,
  });
}

/**
 * Changes fields of a record. With the `etag` it was read at, somebody else’s change in between is a Problem `STALE`;
 * without one the fields are set whatever the record is now.
 */
export function useChange<C extends AnyCollection>(
  collection: C,
): UseMutationResult<
  Versioned<RowOf<C>>,
  Error,
  { id: string; changes: UpdateOf<C>; etag?: string; headers?: Readonly<Record<string, string>> }
> {
  const { slug, api } = useOrganization();
  const client = useQueryClient();
  const stale = useStale(collection);
  const lists = [slug, 'data', collection.name, 'list'];
  return useMutation({
    mutationFn: async ({ id, changes, etag = '*', headers }) => {
      const { body, etag: now } = await call<RowOf<C>>(api, 'PATCH', dataPath(collection, id), {
        body: changes,
        headers: { ...headers, 'if-match': etag },
      });
      return { record: body, etag: now };
    },
    onMutate: async ({ id, changes }) => {
      await client.cancelQueries({ queryKey: lists });
      const before = client.getQueriesData<ListPage<{ id?: string }>>({ queryKey: lists });
      client.setQueriesData<ListPage<{ id?: string }>>(
        { queryKey: lists },
        (page) =>
          page && { ...page, data: page.data.map((row) => (row.id === id ? { ...row, ...changes } : row)) },
      );
      return { before };
    },
    onError: (_error, _input, context) => {
      for (const [key, page] of context?.before ?? []) client.setQueryData(key, page);
    },
    onSettled: stale,
  });
}

/** Deletes a record for good. */
export function useRemove(collection: AnyCollection): UseMutationResult<void, Error, string> {
  const { api } = useOrganization();
  const stale = useStale(collection);
  return useMutation({
    mutationFn: async (id) => {
      await call(api, 'DELETE', dataPath(collection, id), {});
    },
    onSuccess: stale,
  });
}

/** @returns has everything read of the collection read anew */
export function useStale(...collections: readonly AnyCollection[]): () => void {
  const client = useQueryClient();
  const tables = collections.map((c) => c.table);
  return () =>
    void client.invalidateQueries({
      predicate: ({ meta }) => ((meta?.tables as string[] | undefined) ?? []).some((t) => tables.includes(t)),
    });
}
