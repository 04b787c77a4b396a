import { readdirSync } from 'node:fs';
import type { Case } from './case.ts';

/** What breaks each rule, by the name of the check: `<name>.case.ts` beside it. */
export async function listCases(): Promise<Map<string, readonly Case[]>> {
  const folder = new URL('../', import.meta.url);
  const files = readdirSync(folder).filter((f) => /^[a-z-]+\.case\.(ts|js)$/.test(f));
  const modules = await Promise.all(files.map((f) => import(/* @vite-ignore */ new URL(f, folder).href)));
  return new Map(
    files.map((f, i) => [f.replace(/\.case\.\w+$/, ''), (modules[i] as { cases: Case[] }).cases]),
  );
}
