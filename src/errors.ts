/**
 * An error meant for a person: `code` is stable and may be matched, `message` says what happened in the
 * user's own names, `hint` says how to mend it.
 */
export class LotlineError extends Error {
  readonly code: string;
  readonly hint: string;

  constructor(code: string, message: string, hint: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'LotlineError';
    this.code = code;
    this.hint = hint;
  }
}

/** Why the domain refuses; `src/http/problem.ts` says which HTTP status that is. */
export type RefusalKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'missing'
  | 'conflict'
  | 'stale'
  | 'limit'
  | 'too-large'
  | 'too-many';

/** One field that is at fault, by its path in the input: `email`, `items.3.price`. */
export interface FieldFault {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

/**
 * A request that the rules of the domain refuse, for the person who made it. Nothing was changed.
 * @example throw new Refusal('conflict', 'LEAD_CONVERTED', 'This lead is converted already.', 'Open its deal instead.');
 */
export class Refusal extends LotlineError {
  readonly kind: RefusalKind;
  readonly fields: readonly FieldFault[];

  constructor(
    kind: RefusalKind,
    code: string,
    message: string,
    hint: string,
    options: { fields?: readonly FieldFault[]; cause?: unknown } = {},
  ) {
    super(code, message, hint, options);
    this.name = 'Refusal';
    this.kind = kind;
    this.fields = options.fields ?? [];
  }
}

/** The `type` of a problem (RFC 9457): where the server says what the code means, relative to it. */
export function problemType(code: string): string {
  return `/problems/${code.toLowerCase().replaceAll('_', '-')}`;
}

/** The text shown on a terminal for any thrown value: message, then the remedy where one is known. */
export function explain(error: unknown): string {
  if (error instanceof LotlineError) return `${error.message}\n  → ${error.hint}\n  [${error.code}]`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
