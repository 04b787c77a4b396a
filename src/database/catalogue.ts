import { readFileSync } from 'node:fs';
import type { ClientBase } from 'pg';

/** What a database holds: "<kind> <name>" → its definition as the server prints it. */
export type Catalogue = ReadonlyMap<string, string>;

/** One difference between two catalogues. */
export interface Difference {
  readonly key: string;
  readonly change: 'missing' | 'unexpected' | 'different';
  readonly expected?: string;
  readonly actual?: string;
}

/**
 * Reads the catalogue. Both sides of a comparison go through the same printer, so a policy whose text was
 * altered behind an unchanged name is seen.
 * @param client a connection outside a transaction; any role may read the catalogue.
 * @param schemas unless told, those that migrations make: `public`, and all that have the owner of `app`.
 */
export async function readCatalogue(client: ClientBase, schemas?: readonly string[]): Promise<Catalogue> {
  await client.query("BEGIN READ ONLY; SET LOCAL search_path = ''");
  try {
    return await printCatalogue(client, schemas);
  } finally {
    await client.query('ROLLBACK');
  }
}

/** As `readCatalogue`, on a connection that stands in a transaction with `search_path = ''`. */
export async function printCatalogue(client: ClientBase, schemas?: readonly string[]): Promise<Catalogue> {
  const sql = readFileSync(new URL('./sql/catalogue.sql', import.meta.url), 'utf8');
  const { rows } = await client.query<{ key: string; definition: string }>(sql, [schemas ?? null]);
  return new Map(rows.map((r) => [r.key, r.definition] as const).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What would have to change in `actual` to make it `expected`, in the order of the keys. */
export function compareCatalogues(expected: Catalogue, actual: Catalogue): Difference[] {
  const keys = [...new Set([...expected.keys(), ...actual.keys()])].sort();
  return keys.flatMap((key): Difference[] => {
    const [e, a] = [expected.get(key), actual.get(key)];
    if (e === a) return [];
    if (e === undefined) return [{ key, change: 'unexpected', actual: a! }];
    if (a === undefined) return [{ key, change: 'missing', expected: e }];
    return [{ key, change: 'different', expected: e, actual: a }];
  });
}
