/** A field at fault, as the server names it. */
export interface FieldFault {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

/** What went wrong, in words for a person: the server’s own problem (RFC 9457), or that it could not be reached. */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly detail: string;
  readonly hint: string | undefined;
  readonly errors: readonly FieldFault[];
  readonly request: string | undefined;

  constructor(told: {
    code: string;
    status: number;
    detail: string;
    hint?: string | undefined;
    errors?: readonly FieldFault[] | undefined;
    request?: string | undefined;
  }) {
    super(told.detail);
    this.name = 'Problem';
    this.code = told.code;
    this.status = told.status;
    this.detail = told.detail;
    this.hint = told.hint;
    this.errors = told.errors ?? [];
    this.request = told.request;
  }

  /** Whether the same request may go through a little later. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 502;
  }
}

/** The server did not answer: no network, or it restarts. */
export function unreachable(): Problem {
  const offline = !navigator.onLine;
  return new Problem({
    code: offline ? 'OFFLINE' : 'UNREACHABLE',
    status: 0,
    detail: offline ? 'You are offline.' : 'The server does not answer.',
    hint: 'What you typed is kept. Try again when the connection is back.',
  });
}

/** Reads what the server said; an answer that is no problem becomes one. */
export async function problemOf(response: Response): Promise<Problem> {
  const body = await response
    .clone()
    .json()
    .catch(() => undefined);
  const told = (body ?? {}) as Record<string, unknown>;
  return new Problem({
    code: typeof told.code === 'string' ? told.code : `HTTP_${response.status}`,
    status: response.status,
    detail: typeof told.detail === 'string' ? told.detail : `The server answered ${response.status}.`,
    hint: typeof told.hint === 'string' ? told.hint : undefined,
    errors: Array.isArray(told.errors) ? (told.errors as FieldFault[]) : undefined,
    request: response.headers.get('x-request-id') ?? undefined,
  });
}

/** Whatever was thrown, as a problem. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem({
    code: 'UNEXPECTED',
    status: 0,
    detail: 'Something went wrong on this page.',
    hint: 'Reload the page. If it happens again, tell whoever runs Lotline.',
  });
}
