import type pg from 'pg';

const LIST = /"(\w+)" IN \((\$\d+(?:,\$\d+)+)\)/g;
const WORD = /"(?:[^"]|"")*"|'(?:[^']|'')*'|\$(\d+)/g;

/**
 * A statement of Prisma's in which a list that repeats one tenant has become an equality. Loading a relation over a key of two
 * columns, Prisma asks for `organization_id IN ($1, …, $20) AND contact_id IN ($21, …)`, twenty times the same tenant. Beside
 * the policy's comparison PostgreSQL then expects one row, takes any index that begins with the tenant, and filters all of the
 * tenant's rows; with an equality it knows that both are one condition, and uses the key.
 */
export function withOneTenant(config: pg.QueryConfig, columns: ReadonlySet<string>): pg.QueryConfig {
  const { text, values = [] } = config;
  if (!text.includes('" IN ($')) return config;
  const dropped = new Set<number>();
  const shorter = text.replace(LIST, (list, column: string, params: string) => {
    const numbers = params.split(',').map((p) => Number(p.slice(1)));
    const [first, ...rest] = numbers as [number, ...number[]];
    if (!columns.has(column) || rest.some((n) => values[n - 1] !== values[first - 1])) return list;
    for (const n of rest) dropped.add(n);
    return `"${column}" = $${first}`;
  });
  if (dropped.size === 0) return config;
  const places = new Map<string, number>();
  const kept = values.filter((_, i) => {
    if (dropped.has(i + 1)) return false;
    places.set(String(i + 1), places.size + 1);
    return true;
  });
  const numbered = shorter.replace(WORD, (word, number?: string) =>
    number ? `$${places.get(number)}` : word,
  );
  return { ...config, text: numbered, values: kept };
}
