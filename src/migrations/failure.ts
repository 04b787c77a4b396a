import pg from 'pg';
import { statementsBefore } from '../database/run-script.ts';
import { splitStatements } from '../database/statements.ts';
import type { Migration } from './folder.ts';

const BUSY = ['55P03', '40P01', '40001'];

/** Whether another session was in the way, so that the same may succeed a moment later. */
export function isBusy(error: unknown): boolean {
  return error instanceof pg.DatabaseError && BUSY.includes(error.code ?? '');
}

/** The server's error in words, with the statement of the migration that caused it, where that can be told. */
export async function describeFailure(
  error: unknown,
  migration: Migration,
): Promise<{ code: string; text: string }> {
  if (!(error instanceof pg.DatabaseError))
    return { code: '', text: error instanceof Error ? error.message : String(error) };
  const lines = [`  ${error.message}`];
  if (error.detail) lines.push(`  detail: ${error.detail}`);
  if (error.hint) lines.push(`  hint: ${error.hint}`);
  const where = await place(error, migration);
  if (where) lines.push(where);
  return { code: error.code ?? '', text: lines.join('\n') };
}

async function place(error: pg.DatabaseError, migration: Migration): Promise<string | undefined> {
  const statements = await splitStatements(migration.sql, migration.path);
  // The server counts characters from 1.
  const line =
    error.position &&
    [...migration.sql]
      .slice(0, Number(error.position) - 1)
      .join('')
      .split('\n').length;
  const index = line ? statements.findLastIndex((s) => s.line <= line) : statementsBefore(error);
  const statement = index === undefined ? undefined : statements[index];
  if (!statement) return undefined;
  return `  ${migration.path}:${line || statement.line}, statement ${index! + 1} of ${statements.length}:\n    ${excerpt(statement.text)}`;
}

function excerpt(sql: string): string {
  const code = sql.split('\n').filter((l) => l.trim() !== '' && !l.trim().startsWith('--'));
  return code.length > 3 ? `${code.slice(0, 3).join('\n    ')}\n    …` : code.join('\n    ');
}
