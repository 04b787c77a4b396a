/** The SQLSTATE behind an error of Prisma, of its adapter or of the driver; undefined where the server said none. */
export function sqlState(error: unknown): string | undefined {
  return databaseError(error)?.code;
}

/** What the server said, as far as Prisma passes it on. */
export function databaseError(error: unknown): { code: string; message: string } | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const e = error as {
    code?: unknown;
    severity?: unknown;
    message?: unknown;
    cause?: unknown;
    meta?: { driverAdapterError?: { cause?: unknown } };
  };
  const cause = (e.meta?.driverAdapterError?.cause ?? e.cause) as
    | { originalCode?: string; originalMessage?: string }
    | undefined;
  if (cause?.originalCode) return { code: cause.originalCode, message: cause.originalMessage ?? '' };
  if (typeof e.code === 'string' && typeof e.severity === 'string')
    return { code: e.code, message: String(e.message ?? '') };
  return undefined;
}

/**
 * The constraint or column that a message of PostgreSQL names. Prisma passes only the text on; it names the constraint between
 * quotation marks, in every language the server speaks, and holds no values (these are in its detail).
 */
export function constraintOf({ code, message }: { code: string; message: string }): string | undefined {
  if (code === '23502') return /column "((?:[^"]|"")+)"/.exec(message)?.[1];
  if (!['23505', '23514', '23503', '23001', '23P01'].includes(code)) return undefined;
  return /constraint "((?:[^"]|"")+)"/.exec(message)?.[1];
}
