import type { LiveFunction } from './facts.ts';

/** What a function touches, with all functions of the schema app that it calls. */
export interface Touched {
  readonly reads: ReadonlySet<string>;
  readonly writes: ReadonlySet<string>;
}

/**
 * Tables of the schema public that a function names. Functions of the boundary have an empty search_path, so every table
 * stands there with its schema; what is put together by EXECUTE is not seen.
 */
export function touchedBy(
  name: string,
  functions: readonly LiveFunction[],
  tables: readonly string[],
): Touched {
  const reads = new Set<string>();
  const writes = new Set<string>();
  const seen = new Set<string>();
  const visit = (wanted: string) => {
    const found = functions.find((f) => f.name === wanted);
    if (!found || seen.has(wanted)) return;
    seen.add(wanted);
    const body = code(found.body);
    for (const [, verb, table] of body.matchAll(
      /\b(?:(INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+)?public\.(\w+)/gi,
    )) {
      if (!tables.includes(table!)) continue;
      reads.add(table!);
      if (verb) writes.add(table!);
    }
    for (const [, called] of body.matchAll(/\bapp\.(\w+)\s*\(/g)) {
      for (const f of functions) if (f.name.startsWith(`app.${called}(`)) visit(f.name);
    }
  };
  visit(name);
  return { reads, writes };
}

/** Whether it asks for rows without any column, as in EXISTS (SELECT FROM …), of a table. */
export function selectsNothing({ body }: LiveFunction, tables: readonly string[]): boolean {
  return [...code(body).matchAll(/\bSELECT\s+FROM\s+public\.(\w+)/gi)].some(([, t]) => tables.includes(t!));
}

function code(body: string): string {
  return body.replace(/--[^\n]*/g, '').replace(/'(?:[^']|'')*'/g, "''");
}
