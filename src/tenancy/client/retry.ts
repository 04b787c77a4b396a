import { setTimeout as pause } from 'node:timers/promises';
import { sqlState } from './sql-state.ts';

/** How often a write that met another is tried again, and how long the pauses are. */
export interface Attempts {
  /** Beyond the first; 0 never repeats. */
  readonly retries: number;
  /** Milliseconds before the first repetition; doubled each time, between half and all of it at random. */
  readonly pause: number;
}

/** Serialization failure or deadlock (PostgreSQL: "applications must be prepared to retry"): nothing has been written. */
export function isWriteConflict(error: unknown): boolean {
  return ['40001', '40P01'].includes(sqlState(error) ?? '');
}

/** A read may also be asked again when its connection or its prepared statement was lost. */
export function mayRepeatRead(error: unknown): boolean {
  return (
    isWriteConflict(error) || isConnectionLoss(error) || ['26000', '0A000'].includes(sqlState(error) ?? '')
  );
}

/** The connection broke, or the server told it to go; what a write did then is unknown. */
export function isConnectionLoss(error: unknown): boolean {
  type Thrown = {
    code?: string;
    message?: string;
    meta?: { driverAdapterError?: { cause?: { kind?: string } } };
  };
  const { code, message = '', meta } = (error ?? {}) as Thrown;
  // Of a raw query Prisma says P2010 whatever it was; what the adapter saw stands below it.
  const kind = meta?.driverAdapterError?.cause?.kind ?? '';
  return (
    ['ConnectionClosed', 'DatabaseNotReachable', 'SocketTimeout'].includes(kind) ||
    ['57P01', '57P02', '57P03', '08006', '08003'].includes(sqlState(error) ?? '') ||
    ['P1001', 'P1017'].includes(code ?? '') ||
    /Connection terminated|ECONNRESET|ECONNREFUSED|not queryable|EPIPE|connection error|socket has been ended/.test(
      message,
    )
  );
}

/** Runs `work` until it succeeds, fails otherwise than `again` says, or the attempts are used up. */
export function retrying<T>(
  attempts: Attempts,
  again: (error: unknown) => boolean,
  work: () => Promise<T>,
): Promise<T> {
  // The way of success has no await of its own: it is the way of every call.
  return attempts.retries === 0 ? work() : work().catch((error) => repeat(attempts, again, work, error));
}

async function repeat<T>(
  { retries, pause: first }: Attempts,
  again: (error: unknown) => boolean,
  work: () => Promise<T>,
  failure: unknown,
): Promise<T> {
  let error = failure;
  for (let attempt = 0; attempt < retries && again(error); attempt += 1) {
    await pause(first * 2 ** attempt * (0.5 + Math.random() / 2));
    try {
      return await work();
    } catch (next) {
      error = next;
    }
  }
  throw error;
}
