import { LotlineError, Refusal, type RefusalKind } from '../errors.ts';
import { StorageError } from '../storage/index.ts';
import { TenancyError, tenancyError } from '../tenancy/index.ts';
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
  const error = isUnreadable(thrown) ? UNREADABLE(thrown.message) : outage(thrown);
  const status = statusOf(error);
  const known = status !== undefined && error instanceof LotlineError;
  const code = known ? error.code : 'UNEXPECTED';
  const fields = error instanceof Refusal ? error.fields : [];
  return {
    status: status ?? 500,
    headers: {
      'content-type': PROBLEM_TYPE,
      'cache-control': 'no-store',
      ...(error instanceof HttpFault ? error.headers : {}),
    },
    body: {
      type: `/problems/${code.toLowerCase().replaceAll('_', '-')}`,
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
function isUnreadable(error: unknown): error is Error {
  const { getResponse, status } = (error ?? {}) as { getResponse?: unknown; status?: number };
  return typeof getResponse === 'function' && status !== undefined && status < 500;
}

/** Whose session it is, or what a plan allows, is asked without a tenant's client: an outage then comes as the driver threw it. */
function outage(error: unknown): unknown {
  const known = tenancyError(error);
  return known instanceof TenancyError && known.status >= 500 ? known : error;
}

const UNREADABLE = (what: string) =>
  new HttpFault(
    400,
    'REQUEST_UNREADABLE',
    what || 'The request cannot be read.',
    'Send a body as the reference describes it, with its Content-Type.',
  );

function statusOf(error: unknown): number | undefined {
  if (error instanceof Refusal) return STATUS[error.kind];
  // What its operator has to mend is nobody else's business.
  if (error instanceof StorageError) return [404, 503].includes(error.status) ? error.status : undefined;
  if (error instanceof TenancyError || error instanceof HttpFault) return error.status;
  return undefined;
}
