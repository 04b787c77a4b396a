import { problemType } from '../errors.ts';

/** What is wrong with one field of a request to the door. */
export interface Fault {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Content Too Large',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
};

/** A refusal of the door as a problem (RFC 9457), with our stable `code`. */
export function problem(
  status: number,
  code: string,
  detail: string,
  { errors, headers }: { errors?: readonly Fault[]; headers?: Headers | Record<string, string> } = {},
): Response {
  const body = {
    type: problemType(code),
    title: TITLES[status] ?? 'Error',
    status,
    code,
    detail,
    ...(errors ? { errors } : {}),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: mergedHeaders(headers, {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
    }),
  });
}

export function json(body: unknown, status = 200, headers?: Headers | Record<string, string>): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: mergedHeaders(headers, { 'content-type': 'application/json', 'cache-control': 'no-store' }),
  });
}

/** Cookies of an answer stay several headers. */
function mergedHeaders(
  headers: Headers | Record<string, string> | undefined,
  own: Record<string, string>,
): Headers {
  const merged = new Headers(headers);
  for (const [name, value] of Object.entries(own)) merged.set(name, value);
  merged.delete('content-length');
  return merged;
}
