import { LotlineError } from '../../errors.ts';
import { isConnectionLoss } from './retry.ts';
import { constraintOf, databaseError } from './sql-state.ts';

/** What went wrong with a tenant's call. The text is the same whoever asks and whatever other tenants hold. */
export type TenancyErrorCode =
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'FORBIDDEN'
  | 'INVALID_REFERENCE'
  | 'INVALID_VALUE'
  | 'WRITE_CONFLICT'
  | 'TIMEOUT'
  | 'UNAVAILABLE'
  | 'CONTEXT_INVALID';

/**
 * An error of a bound client. `code` is stable; `status` is the HTTP status that fits it (RFC 9110); `cause` is the
 * error it came from, for logs and never for the tenant.
 * @example
 * try {
 *   await db.contact.create({ data: { name: '' } });
 * } catch (error) {
 *   if (!(error instanceof TenancyError)) throw error;
 *   console.assert(error.code === 'INVALID_VALUE' && error.status === 422);
 * }
 */
export class TenancyError extends LotlineError {
  readonly status: number;
  /** The Prisma model of the call, where there is one. */
  readonly model: string | undefined;
  /** The constraint that was violated, or the column where a value is missing; a name of the schema, never a value. */
  readonly constraint: string | undefined;
  /** The SQLSTATE, where the database said one. */
  readonly state: string | undefined;

  constructor(code: TenancyErrorCode, model: string | undefined, cause: unknown, message?: string) {
    const [status, text, hint] = TEXTS[code];
    super(code, message ?? text, hint, { cause });
    this.name = 'TenancyError';
    this.status = status;
    this.model = model;
    const said = databaseError(cause);
    this.state = said?.code;
    this.constraint = said && constraintOf(said);
  }
}

const TEXTS: Record<TenancyErrorCode, readonly [status: number, message: string, hint: string]> = {
  NOT_FOUND: [404, 'There is no such record.', 'Check its id; it may have been deleted.'],
  CONFLICT: [
    409,
    'A record with the same key exists already.',
    'Choose another value, or change the record that has it.',
  ],
  FORBIDDEN: [
    403,
    'This is not allowed here.',
    'Work inside your own organization, with a role that may do it.',
  ],
  INVALID_REFERENCE: [
    409,
    'A reference leads to a record that does not exist, or one is still in use.',
    'Refer to records of your own organization; remove what depends on a record before the record.',
  ],
  INVALID_VALUE: [
    422,
    'A value is not allowed.',
    'Correct the value and send it again; nothing was changed.',
  ],
  WRITE_CONFLICT: [
    409,
    'Others changed the same records at the same time.',
    'Try again; nothing was changed.',
  ],
  TIMEOUT: [504, 'The work took too long and was stopped.', 'Ask for less at once; nothing was changed.'],
  UNAVAILABLE: [503, 'The database does not answer.', 'Try again in a moment.'],
  CONTEXT_INVALID: [
    401,
    'The context of this call is not valid.',
    'Sign in again; if that does not help, check that the server signs with a key the database holds.',
  ],
};

const BY_STATE: Record<string, TenancyErrorCode> = {
  '23505': 'CONFLICT',
  '23P01': 'CONFLICT',
  '23503': 'INVALID_REFERENCE',
  '23001': 'INVALID_REFERENCE',
  '42501': 'FORBIDDEN',
  '23502': 'INVALID_VALUE',
  '23514': 'INVALID_VALUE',
  '22001': 'INVALID_VALUE',
  '22003': 'INVALID_VALUE',
  '22007': 'INVALID_VALUE',
  '22008': 'INVALID_VALUE',
  '22P02': 'INVALID_VALUE',
  '22021': 'INVALID_VALUE',
  '40001': 'WRITE_CONFLICT',
  '40P01': 'WRITE_CONFLICT',
  '57014': 'TIMEOUT',
  '55P03': 'TIMEOUT',
  '25P03': 'TIMEOUT',
  '53300': 'UNAVAILABLE',
};

/** Of whole classes only where every state of it speaks of a value: too large for an index, a limit of the server. */
const BY_CLASS: Record<string, TenancyErrorCode> = { '54': 'INVALID_VALUE' };

const BY_PRISMA: Record<string, TenancyErrorCode> = {
  P2000: 'INVALID_VALUE',
  P2002: 'CONFLICT',
  P2003: 'INVALID_REFERENCE',
  P2004: 'INVALID_VALUE',
  P2007: 'INVALID_VALUE',
  P2011: 'INVALID_VALUE',
  P2014: 'INVALID_REFERENCE',
  P2015: 'NOT_FOUND',
  P2018: 'NOT_FOUND',
  P2020: 'INVALID_VALUE',
  P2025: 'NOT_FOUND',
  P2024: 'UNAVAILABLE',
  P2028: 'TIMEOUT',
  P2034: 'WRITE_CONFLICT',
  P2037: 'UNAVAILABLE',
};

/**
 * The typed error for what Prisma or the driver threw. What a tenant cannot have caused (a syntax error in own SQL, a fault
 * in arguments that Prisma names) is returned as it is.
 */
export function tenancyError(error: unknown, model?: string): unknown {
  if (error instanceof LotlineError) return error;
  const said = databaseError(error);
  if (said?.code === '42501' && said.message.startsWith('the tenant context is not valid'))
    return new TenancyError('CONTEXT_INVALID', model, error);
  // Whatever a caller's own code throws comes through here, `null` too.
  const prisma = (error as { code?: string } | null | undefined)?.code ?? '';
  const code =
    (said && (BY_STATE[said.code] ?? BY_CLASS[said.code.slice(0, 2)])) ??
    BY_PRISMA[prisma] ??
    (isConnectionLoss(error) || isPoolExhausted(error) ? 'UNAVAILABLE' : undefined);
  if (!code) return error;
  // A check names itself and none of the values; what the schema's own functions raise is meant for its reader.
  const own = said && ['23514', '23502'].includes(said.code) ? said.message : undefined;
  return new TenancyError(code, model, error, own && capitalized(own));
}

const capitalized = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.?$/, '.')}`;

/** The typed error for a database that is away, also for who asks it without the tenant client; undefined for any other error. */
export function unavailable(error: unknown): TenancyError | undefined {
  if (error instanceof LotlineError || !(isConnectionLoss(error) || isPoolExhausted(error))) return undefined;
  return new TenancyError('UNAVAILABLE', undefined, error);
}

/** No connection was free for as long as the pool waits. Asking again would wait as long again, so no read is repeated. */
const isPoolExhausted = (error: unknown) =>
  (error as Error | null | undefined)?.message === 'timeout exceeded when trying to connect';
