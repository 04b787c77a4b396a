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
    let end = 0;
    let line = 1;
    return stmts.map(({ stmt, stmt_location: start = 0, stmt_len: length }) => {
      // PostgreSQL counts bytes; what stands before the statement, comments mostly, belongs to its text.
      const raw = bytes.subarray(end, length === undefined ? bytes.length : start + length).toString();
      const first = line + newlines(raw.slice(0, leading(raw)));
      end = start + (length ?? 0) + 1;
      line += newlines(raw);
      const [type, node] = Object.entries(stmt)[0] as [string, Record<string, unknown>];
      return { type, node, text: `${raw.replace(/^[\s;]+/, '').trimEnd()};`, line: first };
    });
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    const line = 1 + newlines(sql.slice(0, error.sqlDetails?.cursorPosition ?? 0));
    throw new LotlineError('SQL_INVALID', `${file}:${line}: ${error.message}`, 'mend the statement', {
      cause: error,
    });
  }
}

function newlines(text: string): number {
  return text.split('\n').length - 1;
}

/** Length of the white space, comments and stray semicolons before the first word. */
function leading(text: string): number {
  return /^(?:[\s;]|--[^\n]*\n|\/\*[\s\S]*?\*\/)*/.exec(text)?.[0].length ?? 0;
}
