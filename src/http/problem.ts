import { LotlineError, Refusal, type RefusalKind } from '../errors.ts';
import { TenancyError } from '../tenancy/index.ts';

/** An answer that tells what went wrong (RFC 9457). */
export interface Problem {
  readonly status: number;
  readonly body: {
    readonly type: string;
    readonly title: string;
    readonly status: number;
    readonly detail: string;
    readonly code: string;
    readonly hint: string;
    /** The id of the request, to find it in the log. */
    readonly instance: string;
    readonly errors?: readonly { readonly field: string; readonly code: string; readonly message: string }[];
  };
}

export const PROBLEM_TYPE = 'application/problem+json';

/** The status that fits each kind of refusal (RFC 9110, RFC 6585). */
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
  405: 'Not possible here',
  406: 'Not acceptable',
  409: 'Conflict',
  410: 'Gone',
  412: 'Changed meanwhile',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Invalid input',
  428: 'Precondition required',
  429: 'Too many requests',
  500: 'Fault in the server',
  503: 'Not available',
  504: 'Took too long',
};

/** The problem for anything thrown. What is not meant for people becomes a 500 that says nothing of its inside. */
export function problemOf(error: unknown, requestId: string): Problem {
  const status = statusOf(error);
  const known = isHttpError(error)
    ? unreadable(error)
    : status < 500 || error instanceof TenancyError
      ? (error as LotlineError)
      : undefined;
  const faults = error instanceof Refusal ? error.fields : [];
  return {
    status,
    body: {
      type: `/problems/${known?.code ?? 'UNEXPECTED'}`,
      title: TITLES[status] ?? 'Refused',
      status,
      detail: known?.message ?? 'Something went wrong on our side; nothing was changed.',
      code: known?.code ?? 'UNEXPECTED',
      hint: known?.hint ?? `Try again later; if it stays, give the request id ${requestId}.`,
      instance: `urn:request:${requestId}`,
      ...(faults.length > 0 ? { errors: faults } : {}),
    },
  };
}

/** What the HTTP library throws for a request that cannot be read, such as broken JSON. */
interface HttpError {
  readonly status: number;
  readonly message: string;
  getResponse(): Response;
}

function unreadable({ message }: HttpError) {
  return {
    code: 'REQUEST_UNREADABLE',
    message: message || 'The request cannot be read.',
    hint: 'Send a body as the reference describes it, with its Content-Type.',
  };
}

function isHttpError(error: unknown): error is HttpError {
  return typeof (error as Partial<HttpError> | null)?.getResponse === 'function';
}

function statusOf(error: unknown): number {
  if (isHttpError(error)) return error.status;
  if (error instanceof Refusal) return STATUS[error.kind];
  if (error instanceof TenancyError) return error.status;
  const given = (error as { status?: unknown } | null)?.status;
  if (error instanceof LotlineError && typeof given === 'number') return given;
  return 500;
}
