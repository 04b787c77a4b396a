import { DriverAdapterError } from '@prisma/driver-adapter-utils';
import type pg from 'pg';
import { splitStatements } from './statements.ts';

/**
 * Sends a whole script as one simple query: the server runs it as one transaction unless it says otherwise itself.
 * (`@prisma/adapter-pg` cuts scripts at every semicolon, also inside function bodies, and runs the pieces alone.)
 *
 * @throws DriverAdapterError with the server's message, detail, hint and the statement that failed, with its line
 */
export async function runScript(pool: pg.Pool, script: string): Promise<void> {
  const client = await pool.connect();
  let completed = 0;
  const count = () => {
    completed += 1;
  };
  // pg gives no public count of the statements that ended; it is the only sign of where an error without position was.
  const wire = (client as unknown as { connection: NodeJS.EventEmitter }).connection;
  wire.on('commandComplete', count);
  try {
    await client.query(script);
  } catch (error) {
    throw scriptError(error as pg.DatabaseError, script, completed);
  } finally {
    wire.off('commandComplete', count);
    client.release();
  }
}

function scriptError(error: pg.DatabaseError, script: string, completed: number): Error {
  if (error.severity === undefined) return error;
  const lines = [error.message];
  if (error.detail) lines.push(`DETAIL: ${error.detail}`);
  if (error.hint) lines.push(`HINT: ${error.hint}`);
  if (error.where) lines.push(`CONTEXT: ${error.where}`);
  const place = placeOf(error, script, completed);
  if (place !== undefined) lines.push('', place);
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

/** `At line 12, statement 3 of 40:` and the beginning of the statement. */
function placeOf(error: pg.DatabaseError, script: string, completed: number): string | undefined {
  const statements = splitStatements(script);
  const offset =
    error.position === undefined
      ? undefined
      : [...script].slice(0, Number(error.position) - 1).join('').length;
  const index =
    offset === undefined ? completed : statements.findLastIndex((statement) => statement.offset <= offset);
  const statement = statements[Math.max(index, 0)];
  if (statement === undefined) return undefined;
  const line = script.slice(0, offset ?? statement.offset).split('\n').length;
  const shown = statement.text.split('\n').slice(0, 6).join('\n');
  const rest = shown.length < statement.text.length ? '\n…' : '';
  return `At line ${line}, statement ${Math.max(index, 0) + 1} of ${statements.length}:\n${shown}${rest}`;
}
