import { DriverAdapterError } from '@prisma/driver-adapter-utils';
import type pg from 'pg';
import { failurePlace, runScript } from '../run-script.ts';

/**
 * Sends a whole script as one simple query: the server runs it as one transaction unless it says otherwise itself.
 * (`@prisma/adapter-pg` cuts scripts at every semicolon, also inside function bodies, and runs the pieces alone.)
 *
 * @throws DriverAdapterError with the server's message, detail, hint and the statement that failed, with its line
 */
export async function runPoolScript(pool: pg.Pool, script: string): Promise<void> {
  const client = await pool.connect();
  try {
    await runScript(client, script);
  } catch (error) {
    throw scriptError(error as pg.DatabaseError, script);
  } finally {
    client.release();
  }
}

function scriptError(error: pg.DatabaseError, script: string): Error {
  if (error.severity === undefined) return error;
  const lines = [error.message];
  if (error.detail) lines.push(`DETAIL: ${error.detail}`);
  if (error.hint) lines.push(`HINT: ${error.hint}`);
  if (error.where) lines.push(`CONTEXT: ${error.where}`);
  const place = failurePlace(error, script);
  if (place) {
    lines.push(
      '',
      `At line ${place.line}, statement ${place.statement} of ${place.statements}:`,
      place.excerpt,
    );
  }
  return new DriverAdapterError({
    kind: 'postgres',
    originalCode: error.code ?? '',
    originalMessage: error.message,
    // With the real code the engine would replace the message by its own, shorter one.
    code: 'N/A',
    severity: error.severity,
    message: lines.join('\n'),
    detail: error.detail,
    column: error.column,
    hint: error.hint,
  });
}
