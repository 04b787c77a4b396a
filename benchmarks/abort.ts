import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectTo } from '../src/database/client.ts';
import { startTemporaryServer } from '../src/database/embedded/temporary.ts';
import { withDatabase } from '../src/database/engine/connection.ts';
import { splitScript } from '../src/database/split-script.ts';
import { projectRoot } from '../src/root.ts';
import { snapshot } from '../test/support/snapshot.ts';
import { timed } from './timing.ts';

const POSITIONS = 20;

/** A copy of the project whose second migration may be spoiled; code and packages are linked. */
const root = projectRoot();
const copy = mkdtempSync(join(tmpdir(), 'lotline-abort-'));
for (const name of ['src', 'node_modules', 'package.json']) symlinkSync(join(root, name), join(copy, name));
cpSync(join(root, 'prisma'), join(copy, 'prisma'), { recursive: true });
// A copy, since Prisma takes the folder of the file that a link leads to.
cpSync(join(root, 'prisma.config.ts'), join(copy, 'prisma.config.ts'));
const names = readdirSync(join(copy, 'prisma/migrations'))
  .filter((n) => /^\d/.test(n))
  .sort();
const second = join(copy, 'prisma/migrations', names[1]!);
const sql = readFileSync(join(second, 'migration.sql'), 'utf8');
// What later migrations build on is missing while the second is held back.
for (const name of names.slice(1)) rmSync(join(copy, 'prisma/migrations', name), { recursive: true });

const server = await startTemporaryServer({ binaries: process.env.BENCH_POSTGRES ?? 'embedded' });
const admin = await connectTo(server.superuserUrl);
await admin.query('CREATE DATABASE abort TEMPLATE template0');
const url = withDatabase(server.superuserUrl, 'abort');
const prisma = join(copy, 'node_modules/prisma/build/index.js');
const deploy = () => timed([process.execPath, prisma, 'migrate', 'deploy'], { DATABASE_URL: url });
const client = await connectTo(url);
let changed = 0;
try {
  process.chdir(copy);
  const first = await deploy();
  if (first.code !== 0) throw new Error(first.output);
  const before = await snapshot(client);
  const parts = splitScript(sql).map((p) => p.text);
  for (let i = 0; i < POSITIONS; i++) {
    const at = Math.round(((i + 0.5) * parts.length) / POSITIONS);
    const broken = [
      '-- lotline:atomic',
      ...[...parts.slice(0, at), 'SELECT 1 / 0', ...parts.slice(at)].map((p) => `${p};`),
    ];
    cpSync(join(root, 'prisma/migrations', names[1]!), second, { recursive: true });
    writeFileSync(join(second, 'migration.sql'), broken.join('\n'));
    const { code, output } = await deploy();
    const same = (await snapshot(client)) === before;
    if (code === 0 || !output.includes('division by zero') || !same) changed += 1;
    console.log(
      `aborted at statement ${at + 1} of ${parts.length + 1}: exit ${code}, catalogue ${same ? 'as before' : 'CHANGED'}`,
    );
  }
  writeFileSync(join(second, 'migration.sql'), sql);
  const last = await deploy();
  console.log(`next deploy: exit ${last.code}`);
  if (last.code !== 0) throw new Error(last.output);
} finally {
  await client.end();
  await admin.end();
  await server.stop();
  rmSync(copy, { recursive: true, force: true });
}
console.log(
  changed === 0 ? `all ${POSITIONS} aborts left the catalogue as it was` : `${changed} aborts did not`,
);
process.exitCode = changed === 0 ? 0 : 1;
