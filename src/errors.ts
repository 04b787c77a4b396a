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

/** The text shown on a terminal for any thrown value: message, then the remedy where one is known. */
export function explain(error: unknown): string {
  if (error instanceof LotlineError) return `${error.message}\n  → ${error.hint}\n  [${error.code}]`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
