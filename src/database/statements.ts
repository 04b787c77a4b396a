import { loadModule, parseSync, SqlError } from 'libpg-query';
import { LotlineError } from '../errors.ts';

/** One statement of a script with its parse tree, its text (comments before it included) and its first line. */
export interface Statement {
  readonly type: string;
  readonly node: Record<string, unknown>;
  readonly text: string;
  readonly line: number;
}

/**
 * Splits a script with PostgreSQL's own grammar.
 * @throws LotlineError `SQL_INVALID` with file and line where it is no SQL.
 */
export async function splitStatements(sql: string, file: string): Promise<Statement[]> {
  await loadModule();
  const bytes = Buffer.from(sql);
  try {
    const { stmts = [] } = parseSync(sql) as {
      stmts?: { stmt: Record<string, unknown>; stmt_location?: number; stmt_len?: number }[];
    };
    let previousEnd = 0;
    return stmts.map(({ stmt, stmt_location: start = 0, stmt_len: length }) => {
      const end = length === undefined ? bytes.length : start + length;
      const raw = bytes.subarray(previousEnd, end).toString();
      const text = raw.replace(/^[\s;]+/, '').trimEnd();
      const bodyAt = bytes.subarray(0, start).toString().length;
      previousEnd = end + 1;
      const [type, node] = Object.entries(stmt)[0] as [string, Record<string, unknown>];
      return { type, node, text: `${text};`, line: lineAt(sql, bodyAt + leading(sql.slice(bodyAt))) };
    });
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    const line = lineAt(sql, error.sqlDetails?.cursorPosition ?? 0);
    throw new LotlineError('SQL_INVALID', `${file}:${line}: ${error.message}`, 'mend the statement', {
      cause: error,
    });
  }
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** Length of the white space and comments before the first word. */
function leading(text: string): number {
  return /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*/.exec(text)?.[0].length ?? 0;
}
