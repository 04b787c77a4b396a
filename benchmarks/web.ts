import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { whenStopped } from '../src/database/embedded/lease.ts';
import { frames } from './web/frames.ts';
import { lighthouse } from './web/lighthouse.ts';
import { openDemo } from './web/site.ts';

/*
 * The built web application of a server of its own: what Lighthouse says of the dashboard and the listings, and how long the
 * frames of a list of 10,000 rows take. Exit code 1 where a bound is missed.
 */
const { values } = parseArgs({
  options: { only: { type: 'string' }, rows: { type: 'string', default: '10000' } },
});
const folder = mkdtempSync(join(tmpdir(), 'lotline-web-'));
const site = await openDemo(join(folder, 'data'));
let ok = true;
try {
  if (values.only !== 'frames')
    for (const path of ['', '/listings'])
      ok = (await lighthouse(site, path, join(folder, 'lighthouse'))) && ok;
  if (values.only !== 'lighthouse') ok = (await frames(site, Number(values.rows))) && ok;
} finally {
  await site.stop();
  await whenStopped(join(folder, 'data'));
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
}
process.exit(ok ? 0 : 1);
