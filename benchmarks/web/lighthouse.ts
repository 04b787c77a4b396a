import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromiumPath } from '../../src/report/studio/chromium.ts';
import { type DemoSite, ORGANIZATION } from './site.ts';

const VERSION = '13.5.0';
const BOUNDS = { performance: 95, accessibility: 100, 'best-practices': 95 } as const;

interface Report {
  readonly categories: Record<
    keyof typeof BOUNDS,
    { score: number | null; auditRefs: { id: string; weight: number }[] }
  >;
  readonly audits: Record<string, { title: string; score: number | null; displayValue?: string }>;
}

/** One page as Lighthouse sees it, signed in: as a phone on a slow network, and as a desktop. Brings Lighthouse at its first run. */
export async function lighthouse(site: DemoSite, path: string, folder: string): Promise<boolean> {
  mkdirSync(folder, { recursive: true });
  let ok = true;
  for (const device of ['mobile', 'desktop']) {
    const file = join(folder, `${device}.json`);
    const ran = spawnSync(
      'npx',
      [
        '--yes',
        `lighthouse@${VERSION}`,
        `${site.url}/o/${ORGANIZATION}${path}`,
        '--quiet',
        '--output=json',
        `--output-path=${file}`,
        `--only-categories=${Object.keys(BOUNDS).join(',')}`,
        `--extra-headers=${JSON.stringify({ cookie: site.cookie })}`,
        '--chrome-flags=--headless=new --no-sandbox',
        ...(device === 'desktop' ? ['--preset=desktop'] : []),
      ],
      { cwd: folder, encoding: 'utf8', env: { ...process.env, CHROME_PATH: await chromiumPath() } },
    );
    if (ran.status !== 0) throw new Error(`Lighthouse ended with ${ran.status}: ${ran.stderr}`);
    const { categories, audits } = JSON.parse(readFileSync(file, 'utf8')) as Report;
    for (const [name, bound] of Object.entries(BOUNDS)) {
      const { score, auditRefs } = categories[name as keyof typeof BOUNDS];
      const points = Math.round((score ?? 0) * 100);
      ok &&= points >= bound;
      const lost = auditRefs
        .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 0.9)
        .map(({ id }) => `${audits[id]!.title} ${audits[id]!.displayValue ?? ''}`.trim());
      console.log(
        `${points >= bound ? '✓' : '✗'} ${path || '/'} ${device}: ${name} ${points} (at least ${bound})${lost.length > 0 ? ` – ${lost.join('; ')}` : ''}`,
      );
    }
  }
  return ok;
}
