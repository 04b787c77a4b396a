/** Who an attacker is, as the report of `npm run attack` names them by letters. */
export interface Actor {
  readonly letter: string;
  readonly name: string;
}

export interface TableRow {
  readonly table: string;
  readonly scope: string;
  /** By operation, the letters of those for whom it works on rows of their own. */
  readonly works: Readonly<Record<string, string>>;
}

export interface Report {
  readonly actors: readonly Actor[];
  readonly operations: readonly string[];
  readonly tables: readonly TableRow[];
  /** Ways in which the boundary was broken on purpose, each noticed. */
  readonly mutants: number;
}

/** Reads the page that the attack writes (`docs/reference/isolation.md`). */
export function readReport(markdown: string): Report {
  const lines = markdown.split('\n');
  const actors = lines.flatMap((line) => {
    const found = /^\* \*\*([A-Z])\*\* (.+)$/.exec(line);
    return found ? [{ letter: found[1]!, name: found[2]! }] : [];
  });
  const head = lines.findIndex((line) => line.startsWith('| Table | Scope |'));
  const operations = cells(lines[head] ?? '').slice(2);
  const tables: TableRow[] = [];
  for (const line of lines.slice(head + 2)) {
    if (!line.startsWith('|')) break;
    const [table, scope, ...letters] = cells(line);
    const works = Object.fromEntries(operations.map((o, i) => [o, letters[i] === '–' ? '' : letters[i]!]));
    tables.push({ table: table!.replaceAll('`', ''), scope: scope!, works });
  }
  const mutants = lines.slice(lines.findIndex((line) => line.startsWith('## Mutants')));
  return { actors, operations, tables, mutants: mutants.filter((line) => /^\* /.test(line)).length };
}

const cells = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
