import { quoteIdent as q } from '../../database/quote.ts';
import type { LivePolicy } from './facts.ts';

/**
 * A condition as the server prints it, with each context function bare: Citus refuses sub-selects in policies, and
 * beside a literal tenant the function is evaluated once there too.
 */
export function withoutSubSelects(condition: string): string {
  return condition.replace(/\(\s*SELECT (app\.\w+\(\)) AS \w+\s*\)/g, '$1');
}

/** Whether a sub-select is left that reads a table. */
export function readsTables({ using, check }: LivePolicy): boolean {
  return [using, check].some((c) => c !== null && /\bSELECT\b/.test(outsideLiterals(withoutSubSelects(c))));
}

/** The ALTER POLICY that makes a policy fit for Citus; undefined where it is already. */
export function alterPolicy({ table, name, using, check }: LivePolicy): string | undefined {
  const changed = [using, check].some((c) => c !== null && withoutSubSelects(c) !== c);
  if (!changed) return undefined;
  const part = (words: string, c: string | null) => (c === null ? '' : ` ${words} (${withoutSubSelects(c)})`);
  return `ALTER POLICY ${q(name)} ON public.${q(table)}${part('USING', using)}${part('WITH CHECK', check)}`;
}

function outsideLiterals(sql: string): string {
  return sql.replace(/'(?:[^']|'')*'/g, "''");
}
