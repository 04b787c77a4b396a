import { LotlineError, problemType, Refusal, type RefusalKind } from '../errors.ts';
import { StorageError } from '../storage/index.ts';
import { isOutage, TenancyError } from '../tenancy/index.ts';
import { HttpFault } from './http-fault.ts';

/** The members of a problem (RFC 9457), with those of our own: a stable code, a hint, and the fields at fault. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly hint: string;
  /** The request, as the log has it. */
  readonly instance: string;
  readonly errors?: readonly { readonly field: string; readonly code: string; readonly message: string }[];
}

export const PROBLEM_TYPE = 'application/problem+json';

const STATUS: Readonly<Record<RefusalKind, number>> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  stale: 412,
  limit: 403,
  'too-large': 413,
  'too-many': 429,
};

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  406: 'Not acceptable',
  409: 'Conflict',
  410: 'Gone',
  412: 'Changed meanwhile',
  413: 'Too large',
  415: 'Media type not supported',
  422: 'Not valid',
  428: 'Condition missing',
  429: 'Too many requests',
  500: 'Error of the server',
  503: 'Not available',
  504: 'Took too long',
};

/**
 * The answer for anything thrown. What nobody foresaw is a 500 that tells nothing but the request's id; its cause belongs
 * into the log.
 */
export function problemOf(
  thrown: unknown,
  requestId: string,
): { status: number; headers: Record<string, string>; body: Problem } {
  const error = isUnreadable(thrown) ? UNREADABLE(thrown) : isOutage(thrown) ? OUTAGE(thrown) : thrown;
  const status = statusOf(error);
  const known = status !== undefined && error instanceof LotlineError;
  const code = known ? error.code : 'UNEXPECTED';
  const fields = error instanceof Refusal ? error.fields : [];
  return {
    status: status ?? 500,
    headers: {
      'content-type': PROBLEM_TYPE,
      'cache-control': 'no-store',
      ...(status === 503 ? { 'retry-after': '2' } : {}),
      ...(error instanceof HttpFault ? error.headers : {}),
    },
    body: {
      type: problemType(code),
      title: TITLES[status ?? 500] ?? 'Error',
      status: status ?? 500,
      detail: known ? error.message : 'Something went wrong that was not foreseen.',
      code,
      hint: known ? error.hint : 'Try again; if it stays, tell us the request named under "instance".',
      instance: `urn:request:${requestId}`,
      ...(fields.length > 0 ? { errors: fields } : {}),
    },
  };
}

/** What the HTTP library throws for a body that it cannot read, such as broken JSON. */
function isUnreadable(error: unknown): error is Error & { status: number } {
  const { getResponse, status } = (error ?? {}) as { getResponse?: unknown; status?: number };
  return typeof getResponse === 'function' && status !== undefined && status < 500;
}

const UNREADABLE = ({ status, message }: { status: number; message: string }) =>
  status === 415
    ? new HttpFault(
        415,
        'MEDIA_TYPE_UNSUPPORTED',
        'The Content-Type of the body is missing, or one that is not read here.',
        'Send application/json, with a Content-Type that says so.',
        { 'accept-post': 'application/json' },
      )
    : new HttpFault(
        400,
        'REQUEST_UNREADABLE',
        message || 'The request cannot be read.',
        'Send a body as the reference describes it, with its Content-Type.',
      );

/** Of a query outside of a tenant's client, such as those of sign-in. */
const OUTAGE = (cause: unknown) =>
  cause instanceof TenancyError ? cause : new TenancyError('UNAVAILABLE', undefined, cause);

/**
 * A refusal of the parts that write their own, such as sign-in, with the members that it lacks; other answers as they are.
 */
export async function completeProblem(answer: Response, requestId: string): Promise<Response> {
  if (!answer.headers.get('content-type')?.startsWith(PROBLEM_TYPE)) return answer;
  const given = (await answer.json()) as Partial<Problem>;
  const { code = 'REFUSED' } = given;
  const body = {
    hint: HINTS[answer.status] ?? 'Correct the request and send it again.',
    ...given,
    type: problemType(code),
    title: TITLES[answer.status] ?? given.title,
    code,
    instance: `urn:request:${requestId}`,
  };
  const headers = new Headers(answer.headers);
  headers.delete('content-length');
  return new Response(JSON.stringify(body), { status: answer.status, headers });
}

const HINTS: Readonly<Record<number, string>> = {
  401: 'Check what you sent. A forgotten password is replaced at /auth/forgot-password.',
  403: 'Send it from a page of this server, or without a cookie.',
  404: 'The reference lists what there is: /reference',
  405: 'Use a method that "Allow" names.',
  413: 'Send less at once.',
  422: 'Correct what "errors" or "detail" names and send it again.',
  429: 'Wait as many seconds as "Retry-After" says.',
  500: 'Try again; if it stays, tell us the request named under "instance".',
};

function statusOf(error: unknown): number | undefined {
  if (error instanceof Refusal) return STATUS[error.kind];
  // What its operator has to mend is nobody else's business.
  if (error instanceof StorageError) return [404, 503].includes(error.status) ? error.status : undefined;
  if (error instanceof TenancyError || error instanceof HttpFault) return error.status;
  return undefined;
}
