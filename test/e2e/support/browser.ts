import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll } from 'vitest';
import { DEMO_PASSWORD } from '../../../src/auth/index.ts';
import { openChromium } from '../../../src/report/studio/chromium.ts';
import type { Site } from './site.ts';

export interface Visitor {
  readonly page: Page;
  /** What the console complained of since the last look. */
  complaints(): string[];
}

/** A browser of its own for one visitor: the packed Chromium ends with its first page. */
export async function visit(site: Site, options: BrowserContextOptions = {}): Promise<Visitor> {
  const browser: Browser = await openChromium();
  afterAll(() => browser.close());
  const context = await browser.newContext({
    baseURL: site.url,
    locale: 'en-US',
    timezoneId: 'America/Chicago',
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  let heard: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') heard.push(message.text());
  });
  page.on('pageerror', (error) => heard.push(String(error)));
  return {
    page,
    complaints: () => {
      const told = heard;
      heard = [];
      return told;
    },
  };
}

/** Signs somebody of the demo in, without the page. */
export async function signIn({ page }: Visitor, site: Site, email: string): Promise<void> {
  const answer = await page.request.post('/auth/sign-in/email', {
    data: { email, password: DEMO_PASSWORD },
    headers: { origin: site.url },
  });
  if (!answer.ok()) throw new Error(`sign-in answered ${answer.status()}: ${await answer.text()}`);
}

/** What stands in the page, as far as tests ask for it there. */
interface InPage {
  readonly document: {
    querySelector(selector: string): unknown;
    readonly fonts: { readonly status: string };
  };
  readonly sessionStorage: object;
}

/** Resolves when the page has what it asked for and shows no placeholder any more. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const { document } = globalThis as unknown as InPage;
    const waits = document.querySelector('[aria-label="Loading"], .animate-pulse') !== null;
    return document.querySelector('h1') !== null && !waits && document.fonts.status === 'loaded';
  });
}

/** Resolves when what was typed is kept. */
export async function drafted(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    Object.keys((globalThis as unknown as InPage).sessionStorage).some((key) =>
      key.startsWith('lotline.draft.'),
    ),
  );
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe finds on the page that is serious or critical: `rule: element`. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const violations = (await page.evaluate('axe.run().then((r) => r.violations)')) as Violation[];
  return violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 160)} ${n.failureSummary.slice(0, 200)}`));
}

/** By how many pixels the page is wider than the window. */
export async function overflow(page: Page): Promise<number> {
  return Number(await page.evaluate('Math.max(0, document.documentElement.scrollWidth - innerWidth)'));
}
