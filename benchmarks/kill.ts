import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { whenStopped } from '../src/database/embedded/lease.ts';
import { freePort } from '../test/kill/programs.ts';
import { killRounds, type Victim } from '../test/kill/rounds.ts';

/*
 * Kills the server, a worker and PostgreSQL under load, and compares everything that was acknowledged with what is there.
 * Exit code 1 where something is lost, done twice, or left half.
 */
const { values } = parseArgs({
  options: { kills: { type: 'string', default: '20' }, clients: { type: 'string', default: '16' } },
});
const count = Number(values.kills);
const programs: Victim[] = ['server', 'worker', 'server and worker'];
const victims = Array.from({ length: count }, (_, i): Victim => {
  const database = i === Math.floor(count / 3) || i === Math.floor((2 * count) / 3);
  return database && count >= 4 ? 'PostgreSQL' : programs[i % programs.length]!;
});

const parent = mkdtempSync(join(tmpdir(), 'lotline-kill-'));
chmodSync(parent, 0o755);
const place = { folder: join(parent, 'data'), port: await freePort() };
const { verdicts, toll } = await killRounds({
  place,
  victims,
  clients: Number(values.clients),
  say: console.log,
});
console.log(`\n${toll.answers} writes answered, ${toll.repeated} sent again\n`);
for (const { what, looked, wrong } of verdicts) {
  console.log(`${wrong.length === 0 ? '✓' : '✗'} ${what}: ${looked} looked at, ${wrong.length} wrong`);
  for (const line of wrong.slice(0, 10)) console.log(`    ${line}`);
}
await whenStopped(place.folder);
const ok = verdicts.every((v) => v.wrong.length === 0);
if (ok) rmSync(parent, { recursive: true, force: true, maxRetries: 5 });
else console.log(`\nThe data is left in ${parent}.`);
process.exit(ok ? 0 : 1);
