import { beforeAll, expect, it } from 'vitest';
import { settled, signIn, type Visitor, visit } from './support/browser.ts';
import { openSite, type Site } from './support/site.ts';

const ORG = '/o/quillmarsh-realty';
const ROWS = 10_000;
let site: Site;
let visitor: Visitor;

beforeAll(async () => {
  site = await openSite();
  await site.db.platform.query(
    `INSERT INTO contacts (organization_id, name, company, type, status)
     SELECT o.id, 'Zz ' || lpad(n::text, 5, '0'), 'Company ' || n % 7, 'CLIENT', 'ACTIVE'
     FROM organizations AS o, generate_series(1, ${ROWS}) AS n WHERE o.slug = 'quillmarsh-realty'`,
  );
  visitor = await visit(site);
  await signIn(visitor, site, 'ottoline@quillmarsh.example');
});

it('reaches every row of ten thousand by keys, loads where it is looked at, filters and orders', async () => {
  const { page } = visitor;
  await page.goto(`${ORG}/contacts?q=Zz`);
  await settled(page);
  await page.getByText('10,000 rows').waitFor();
  const grid = page.getByRole('grid', { name: 'Contacts' });
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await grid.getByRole('row', { selected: true }).getByText('Zz 00001').waitFor();
  await page.keyboard.press('End');
  await grid.getByRole('row', { selected: true }).getByText('Zz 10000').waitFor();
  await page.keyboard.press('PageUp');
  await page.keyboard.press('Home');
  await grid.getByRole('row', { selected: true }).getByText('Zz 00001').waitFor();
  // Few rows are drawn, whatever there is.
  expect(await grid.getByRole('row').count()).toBeLessThan(60);

  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await grid.getByText('Zz 10000').waitFor();
  await page.getByLabel('Search contacts').fill('Zz 0004');
  await page.getByText('11 rows', { exact: true }).waitFor();
  expect(new URL(page.url()).searchParams.get('sort')).toBe('-name');

  await grid.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Zz 00049' }).waitFor();
  await page.goBack();
  await page.getByText('11 rows', { exact: true }).waitFor();
});

it('loads at most 180 KB of JavaScript, compressed, for the first page', async () => {
  const { page } = await visit(site);
  const { gzipSync } = await import('node:zlib');
  const sizes: number[] = [];
  page.on('response', async (response) => {
    if (response.url().endsWith('.js')) sizes.push(gzipSync(await response.body(), { level: 9 }).length);
  });
  await signIn({ page, complaints: () => [] }, site, 'ottoline@quillmarsh.example');
  await page.goto(ORG);
  await settled(page);
  const sum = sizes.reduce((a, b) => a + b, 0);
  console.log(`first load: ${sum} bytes of JavaScript, gzip, in ${sizes.length} files`);
  expect(sum).toBeGreaterThan(50_000);
  expect(sum).toBeLessThanOrEqual(180 * 1024);
});
