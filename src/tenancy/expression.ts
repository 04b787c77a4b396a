import { parseSync, SqlError } from 'libpg-query';
import { quoteIdent } from '../database/quote.ts';
import type { CompileTarget } from './boundary.ts';

/** Which columns an expression names, and whether it is SQL at all. */
export type Reading =
  | { readonly columns: ReadonlySet<string>; readonly tables: ReadonlySet<string> }
  | { readonly fault: string };

const CONTEXT_CALL =
  /(?<!\(select )app\.(current_organization_id|current_user_id|current_org_role|is_org_admin)\(\)/gi;

/**
 * Replaces ORG, SELF(column) and ADMIN. On plain PostgreSQL every context function stands in a sub-select, so
 * that it is evaluated once per statement; Citus refuses sub-selects in policies and gets the bare call.
 */
export function expandTokens(
  expression: string,
  tenantKey: string | undefined,
  target: CompileTarget,
): string {
  const call = (name: string) => (target === 'postgres' ? `(select app.${name}())` : `app.${name}()`);
  return outsideLiterals(expression, (sql) =>
    sql
      .replace(CONTEXT_CALL, (_, name: string) => call(name))
      .replace(
        /\bORG\b/g,
        tenantKey ? `${quoteIdent(tenantKey)} = ${call('current_organization_id')}` : 'ORG',
      )
      .replace(
        /\bSELF\(\s*(\w+)\s*\)/g,
        (_, column: string) => `${quoteIdent(column)} = ${call('current_user_id')}`,
      )
      .replace(/\bADMIN\b/g, call('is_org_admin')),
  );
}

/** Columns inside SELF(…), which policies compare with the current user. */
export function selfColumns(expression: string): string[] {
  return [...expression.matchAll(/\bSELF\(\s*(\w+)\s*\)/g)].map((match) => match[1]!);
}

/** Whether the expression, outside string literals, uses the token. */
export function usesToken(expression: string, token: 'ORG' | 'ADMIN'): boolean {
  let found = false;
  outsideLiterals(expression, (sql) => {
    found ||= new RegExp(`\\b${token}\\b`).test(sql);
    return sql;
  });
  return found;
}

function outsideLiterals(expression: string, change: (sql: string) => string): string {
  return expression
    .split(/('(?:[^']|'')*')/)
    .map((part, index) => (index % 2 === 0 ? change(part) : part))
    .join('');
}

/**
 * Reads an SQL condition with PostgreSQL's own grammar. Columns that belong to a table named inside a
 * sub-select (`b.id`) are left out; unqualified ones are taken to be the policy's table's own.
 */
export function readExpression(sql: string): Reading {
  let tree: unknown;
  try {
    tree = parseSync(`SELECT 1 WHERE (${sql}\n)`);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    return { fault: `is no SQL condition: ${error.message}` };
  }
  const columns = new Set<string>();
  const tables = new Set<string>();
  visit(tree, (name, node) => {
    if (name === 'RangeVar') tables.add(String((node as { relname?: string }).relname));
    if (name !== 'ColumnRef') return;
    const fields = (node as { fields: { String?: { sval: string } }[] }).fields;
    if (fields.length === 1 && fields[0]?.String) columns.add(fields[0].String.sval);
  });
  return { columns, tables };
}

/** Calls `see` for every node of a parse tree, with the node's type name. */
function visit(tree: unknown, see: (name: string, node: unknown) => void): void {
  if (Array.isArray(tree)) for (const item of tree) visit(item, see);
  else if (tree && typeof tree === 'object') {
    for (const [name, node] of Object.entries(tree)) {
      if (/^[A-Z]/.test(name)) see(name, node);
      visit(node, see);
    }
  }
}
