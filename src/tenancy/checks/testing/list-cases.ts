import { readdirSync } from 'node:fs';
import type { Case } from './case.ts';

/** What a case file exports: what breaks the rule, and what looks like it and keeps it. */
interface CaseFile {
  readonly cases: readonly Case[];
  /** SQL after which the check finds nothing. */
  readonly nearMisses?: readonly string[];
}

/** What breaks each rule, by the name of the check: `<name>.case.ts` beside it. */
export async function listCases(): Promise<Map<string, readonly Case[]>> {
  return new Map([...(await readCases())].map(([name, { cases }]) => [name, cases]));
}

/** What looks like a breach and is none, by the name of the check. */
export async function listNearMisses(): Promise<Map<string, readonly string[]>> {
  return new Map([...(await readCases())].map(([name, { nearMisses = [] }]) => [name, nearMisses]));
}

async function readCases(): Promise<Map<string, CaseFile>> {
  const folder = new URL('../', import.meta.url);
  const files = readdirSync(folder).filter((f) => /^[a-z-]+\.case\.(ts|js)$/.test(f));
  const modules = await Promise.all(files.map((f) => import(/* @vite-ignore */ new URL(f, folder).href)));
  return new Map(files.map((f, i) => [f.replace(/\.case\.\w+$/, ''), modules[i] as CaseFile]));
}
