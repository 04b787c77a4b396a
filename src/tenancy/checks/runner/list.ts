import { readdirSync } from 'node:fs';
import type { Check } from './check.ts';

/**
 * Every check, in the order of their names. A file `<name>.ts` in the folder above is a check, with its case
 * `<name>.case.ts` and, where it is a query, `<name>.sql`; a new one needs no registration.
 */
export async function listChecks(): Promise<Check[]> {
  const folder = new URL('../', import.meta.url);
  const files = readdirSync(folder)
    .filter((f) => /^(?!index\.)[a-z-]+\.(ts|js)$/.test(f))
    .sort();
  const modules = await Promise.all(files.map((f) => import(/* @vite-ignore */ new URL(f, folder).href)));
  return modules.map((m: { check: Check }) => m.check);
}
