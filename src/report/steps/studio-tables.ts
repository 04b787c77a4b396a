import { mkdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { readMigrations } from '../../migrations/index.ts';
import { migrationContents } from '../migration-contents.ts';
import type { Step } from '../step.ts';
import { openChromium } from '../studio/chromium.ts';
import { serveStudio } from '../studio/serve.ts';

// Tall enough for the whole list of tables, so that the picture shows every one.
const WINDOW = { width: 1440, height: 2160 };

/** Opens Prisma Studio in a browser, finds the tables of the second migration in its list, and keeps the picture. */
export const studioTables: Step = {
  name: 'prisma studio',
  section: 'commands',
  after: ['migrations'],
  async run({ root }) {
    const wanted = (await migrationContents(readMigrations(root)))[1]?.tables ?? [];
    const studio = await serveStudio({ root, port: 5700, prescribed: false });
    try {
      const picture = join(root, '.lotline', 'report', 'studio.png');
      mkdirSync(dirname(picture), { recursive: true });
      const listed = await look(
        studio.url.replace('table=organizations', `table=${wanted[0] ?? 'organizations'}`),
        picture,
      );
      const missing = wanted.filter((name) => !listed.includes(name));
      return {
        detail: `${wanted.length - missing.length} of ${wanted.length} new tables in its list`,
        output: `picture: ${relative(root, picture)}`,
        issues: missing.map((name) => ({
          message: `Prisma Studio does not list the table ${name}.`,
          remedy: 'npm run db:status and npm run db:sync show what the database lacks',
        })),
      };
    } finally {
      await studio.stop();
    }
  },
};

/** The tables that Studio lists at `url`. Writes a picture of the page. */
async function look(url: string, picture: string): Promise<string[]> {
  const browser = await openChromium();
  try {
    const page = await browser.newPage({ viewport: WINDOW });
    const { host } = new URL(url);
    // Studio reports its use to its makers; nothing leaves this machine.
    await page.route(
      (target) => target.host !== host,
      (route) => route.abort(),
    );
    await page.goto(url);
    const tables = page.locator('a[href*="table="]');
    await tables.first().waitFor({ timeout: 30_000 });
    // The grid of the chosen table comes after the list.
    await page
      .getByRole('columnheader')
      .first()
      .waitFor({ timeout: 10_000 })
      .catch(() => {});
    await page.waitForLoadState('networkidle').catch(() => {});
    await page.screenshot({ path: picture });
    return (await tables.allInnerTexts()).map((text) => text.trim());
  } finally {
    await browser.close();
  }
}
