import { listCases, listChecks, querySource } from '../../tenancy/checks/index.ts';
import { CHECK_PAGES } from '../pages.ts';
import { checkPage, type DocumentedCheck } from './check-page.ts';
import type { OtherTool } from './other-tool.ts';
import { checksIndex, coveragePage } from './overview-pages.ts';
import { pgrls } from './pgrls.ts';
import { safegres } from './safegres.ts';
import { splinter } from './splinter.ts';

export const OTHER_TOOLS: readonly OtherTool[] = [splinter, pgrls, safegres];

/** Checks with what their pages show, in the order of their names. */
export async function documentedChecks(): Promise<DocumentedCheck[]> {
  const cases = await listCases();
  return (await listChecks()).map((check) => {
    const sql = querySource(check.name);
    return { check, cases: cases.get(check.name) ?? [], ...(sql === undefined ? {} : { sql }) };
  });
}

/** A page for each check, their index, and the comparison with other tools: path → content. */
export async function renderChecks(): Promise<Map<string, string>> {
  const checks = await documentedChecks();
  return new Map([
    [`${CHECK_PAGES}/README.md`, checksIndex(checks)],
    [`${CHECK_PAGES}/coverage.md`, coveragePage(checks, OTHER_TOOLS)],
    ...checks.map((c): [string, string] => [`${CHECK_PAGES}/${c.check.name}.md`, checkPage(c)]),
  ]);
}
