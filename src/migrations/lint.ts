import { type Statement, splitStatements } from '../database/statements.ts';
import { RULES } from './lint-rules.ts';

/** Something in a migration that hurts a running system, or the boundary. */
export interface LintFinding {
  readonly rule: string;
  /** `danger` loses data or opens the boundary; `caution` locks, scans or breaks running clients. */
  readonly level: 'danger' | 'caution';
  readonly line: number;
  readonly message: string;
  readonly remedy: string;
}

/** What a rule sees: one statement, and the tables that the migration itself made. */
export interface LintSubject {
  readonly statement: Statement;
  readonly created: ReadonlySet<string>;
}

export type LintRule = (subject: LintSubject) => Omit<LintFinding, 'line'> | undefined;

/**
 * Looks for dangerous statements with PostgreSQL's own grammar. Tables that the migration itself makes are exempt:
 * they are empty, and nobody waits for their locks.
 */
export async function lintMigration(sql: string, file: string): Promise<LintFinding[]> {
  const statements = await splitStatements(sql, file);
  const created = new Set(
    statements.filter((s) => s.type === 'CreateStmt').map((s) => relation(s.node.relation)),
  );
  return statements.flatMap((statement) =>
    RULES.flatMap((rule): LintFinding[] => {
      const finding = rule({ statement, created });
      return finding ? [{ ...finding, line: statement.line }] : [];
    }),
  );
}

/** The name of a RangeVar. */
export function relation(node: unknown): string {
  return (node as { relname?: string } | undefined)?.relname ?? '';
}
