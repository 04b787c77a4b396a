import { instance } from '@viz-js/viz';
import { enumsPage } from './enums-page.ts';
import { moduleDiagram } from './er/module-diagram.ts';
import { overviewDiagram } from './er/overview-diagram.ts';
import { modelsPage } from './models-page.ts';
import { DIAGRAMS, PAGES } from './pages.ts';
import { policiesPage } from './policies-page.ts';
import { quickRefPage } from './quick-ref.ts';
import type { ReferenceSource } from './source.ts';

/**
 * All generated pages and diagrams: path relative to the root of the repository → content. The same source
 * gives the same bytes.
 */
export async function renderReference(source: ReferenceSource): Promise<Map<string, string>> {
  const viz = await instance();
  return new Map([
    [PAGES.quickRef, quickRefPage(source)],
    [PAGES.models, modelsPage(source)],
    [PAGES.enums, enumsPage(source)],
    [PAGES.policies, policiesPage(source)],
    [`${DIAGRAMS}/overview.svg`, overviewDiagram(viz, source)],
    ...source.modules.map((module): [string, string] => [
      `${DIAGRAMS}/${module.name}.svg`,
      moduleDiagram(viz, source, module),
    ]),
  ]);
}
