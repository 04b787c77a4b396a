import type { Db } from '../../src/db.ts';
import type { AnyRoute } from '../../src/http/index.ts';

/** What a request brings, before it is parsed. */
export interface Brought {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/**
 * Calls the handler of a route as the composition does once it has settled who asks: with what its schemas make of the
 * request. Not part of it: authentication, permission, problems.
 * @returns the handler's answer
 */
export async function call(
  routes: readonly AnyRoute[],
  operationId: string,
  db: Db,
  { params = {}, query = {}, body }: Brought = {},
  // biome-ignore lint/suspicious/noExplicitAny: the answer is JSON of whatever shape the test then looks into
): Promise<any> {
  const route = routes.find((one) => one.operationId === operationId);
  if (!route) throw new Error(`there is no operation ${operationId}`);
  const parse = (part: 'params' | 'query' | 'body', value: unknown) => {
    const read = route[part]?.safeParse(value);
    if (read && !read.success) throw new Error(`${part} does not fit: ${read.error.message}`);
    return read?.data;
  };
  return route.handler({
    db,
    params: parse('params', params),
    query: parse('query', query),
    body: parse('body', body),
    origin: {},
    signal: new AbortController().signal,
    afterwards: (work: () => void) => work(),
    who: undefined as never,
  });
}
