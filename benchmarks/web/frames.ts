import type { Page } from 'playwright-core';
import { openChromium } from '../../src/report/studio/chromium.ts';
import { type DemoSite, ORGANIZATION } from './site.ts';

const BOUND = 50;

/** How long the frames take while a list of so many contacts is scrolled, walked by keys, filtered and sorted. */
export async function frames(site: DemoSite, rows: number): Promise<boolean> {
  await fill(site, rows);
  const browser = await openChromium();
  try {
    const context = await browser.newContext({ baseURL: site.url, viewport: { width: 1280, height: 800 } });
    const [name, value] = site.cookie.split(/=(.*)/s);
    await context.addCookies([{ name: name!, value: value!, url: site.url }]);
    const page = await context.newPage();
    await page.goto(`/o/${ORGANIZATION}/contacts?q=Zz`);
    await page.getByText(`${rows.toLocaleString('en-US')} rows`).waitFor();
    const grid = page.getByRole('grid', { name: 'Contacts' });
    await grid.hover();
    const last = `Zz ${String(rows).padStart(5, '0')}`;
    const measured = [
      await measure(page, 'scrolling by the wheel', async () => {
        for (let i = 0; i < 150; i++) await page.mouse.wheel(0, 400);
      }),
      await measure(page, 'jumping by the bar', async () => {
        for (const part of [0.5, 0.1, 0.9, 0.3, 1, 0])
          await grid.evaluate((e, to) => {
            const box = e as unknown as { scrollTop: number; scrollHeight: number };
            box.scrollTop = box.scrollHeight * to;
            return new Promise((resolve) => setTimeout(resolve, 400));
          }, part);
      }),
      await measure(page, 'walking by keys', async () => {
        await grid.focus();
        for (let i = 0; i < 60; i++) await page.keyboard.press('ArrowDown');
        for (let i = 0; i < 20; i++) await page.keyboard.press('PageDown');
        await page.keyboard.press('End');
        await grid.getByRole('row', { selected: true }).getByText(last).waitFor();
        await page.keyboard.press('Home');
      }),
      await measure(page, 'sorting', async () => {
        await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
        await grid.getByText(last).first().waitFor();
      }),
      await measure(page, 'filtering', async () => {
        const search = page.getByLabel('Search contacts');
        await search.press('End');
        await search.pressSequentially(' 004', { delay: 60 });
        await page.getByText(/^\d{2,3} rows$/).waitFor();
      }),
    ];
    return measured.every(Boolean);
  } finally {
    await browser.close();
  }
}

/** The time between two calls of requestAnimationFrame is that of a frame. */
async function measure(page: Page, what: string, act: () => Promise<void>): Promise<boolean> {
  await page.evaluate(`(() => {
    const times = (globalThis.frameTimes = []);
    let last = performance.now();
    const next = (now) => {
      times.push(now - last);
      last = now;
      if (globalThis.frameTimes === times) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  })()`);
  await act();
  const times = (await page.evaluate(
    'const t = globalThis.frameTimes; globalThis.frameTimes = undefined; t',
  )) as number[];
  const sorted = times.slice(1).sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!;
  const worst = sorted.at(-1)!;
  const ok = worst <= BOUND;
  console.log(
    `${ok ? '✓' : '✗'} ${what}: ${sorted.length} frames, median ${at(0.5).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms, longest ${worst.toFixed(1)} ms (at most ${BOUND}), ${sorted.filter((t) => t > BOUND).length} over it`,
  );
  return ok;
}

async function fill(site: DemoSite, rows: number): Promise<void> {
  const lines = Array.from({ length: rows }, (_, i) =>
    JSON.stringify({
      name: `Zz ${String(i + 1).padStart(5, '0')}`,
      company: `Company ${i % 7}`,
      type: 'CLIENT',
      status: 'ACTIVE',
    }),
  );
  for (let at = 0; at < rows; at += 1000) {
    const answer = await fetch(`${site.url}/v1/orgs/${ORGANIZATION}/data/contacts`, {
      method: 'POST',
      headers: { cookie: site.cookie, origin: site.url, 'content-type': 'application/x-ndjson' },
      body: lines.slice(at, at + 1000).join('\n'),
    });
    if (!answer.ok) throw new Error(`the contacts were answered ${answer.status}: ${await answer.text()}`);
  }
}
