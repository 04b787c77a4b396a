import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { show, timed } from './timing.ts';

const RUNS = 5;
const READY = /Ready in/;
const first: number[] = [];
const second: number[] = [];
for (let run = 0; run < RUNS; run++) {
  const folder = mkdtempSync(join(tmpdir(), 'lotline-bench-'));
  const env = { LOTLINE_DATA: folder };
  for (const times of [first, second]) {
    const { ms, output } = await timed(['npm', 'start'], env, READY);
    if (!READY.test(output)) throw new Error(output);
    times.push(ms);
    console.log(`run ${run + 1}: ${(ms / 1000).toFixed(2)} s`);
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
}
show('npm start, empty data folder', first, 10_000);
show('npm start, second time', second, 5000);
