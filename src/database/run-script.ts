import type pg from 'pg';
import { splitScript } from './split-script.ts';

/** How many statements of a script had ended when it failed; the server tells a position only for some errors. */
const completedStatements = new WeakMap<object, number>();

/**
 * Sends a script as one simple query, which the server runs as one transaction unless one is open already.
 * @throws the server's error, whose place in the script {@link failurePlace} tells.
 */
export async function runScript(client: pg.ClientBase, script: string): Promise<void> {
  let completed = 0;
  const count = () => {
    completed += 1;
  };
  // pg gives no public count of the statements that ended.
  const wire = (client as unknown as { connection: NodeJS.EventEmitter }).connection;
  wire.on('commandComplete', count);
  try {
    await client.query(script);
  } catch (error) {
    if (error instanceof Error) completedStatements.set(error, completed);
    throw error;
  } finally {
    wire.off('commandComplete', count);
  }
}

/** Where a script failed: line and number of the statement, both counted from 1, and how the statement begins. */
export interface FailurePlace {
  readonly line: number;
  readonly statement: number;
  readonly statements: number;
  readonly excerpt: string;
}

/** The place of an error thrown by {@link runScript}; undefined where neither position nor progress is known. */
export function failurePlace(error: pg.DatabaseError, script: string): FailurePlace | undefined {
  const parts = splitScript(script);
  // The server counts characters, not UTF-16 units, from 1.
  const offset = error.position && [...script].slice(0, Number(error.position) - 1).join('').length;
  const index =
    typeof offset === 'number'
      ? parts.findLastIndex((p) => p.offset <= offset)
      : completedStatements.get(error);
  const part = index === undefined ? undefined : parts[Math.max(index, 0)];
  if (!part) return undefined;
  const lines = part.text.split('\n');
  return {
    line: script.slice(0, offset || part.offset).split('\n').length,
    statement: parts.indexOf(part) + 1,
    statements: parts.length,
    excerpt: lines.length > 6 ? [...lines.slice(0, 6), '…'].join('\n') : part.text,
  };
}
