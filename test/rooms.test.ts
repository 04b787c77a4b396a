import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from './support/keys.ts';

const BELOW = ['tenancy/index.ts', 'database/connect.ts', 'db.ts'];
const SIGN_IN = ['auth/index.ts', ...BELOW, 'queue/index.ts', 'storage/index.ts', 'mail/index.ts'];
const MODULES = ['modules/crm/index.ts', 'http/index.ts', ...SIGN_IN];

/** What each room may import of the others, as the table in CONVENTIONS.md has it. */
const MAY: Record<string, readonly string[]> = {
  'config.ts': [],
  'sign-in-settings.ts': [],
  'database/a.ts': ['database/connect.ts'],
  'tenancy/client/a.ts': ['tenancy/index.ts', 'database/connect.ts'],
  'migrations/a.ts': ['migrations/index.ts', 'tenancy/index.ts', 'database/connect.ts'],
  'reference/a.ts': ['reference/index.ts', 'tenancy/index.ts'],
  'db.ts': ['tenancy/index.ts'],
  'queue/a.ts': ['queue/index.ts', ...BELOW],
  'storage/a.ts': ['storage/index.ts', ...BELOW],
  'mail/a.ts': ['mail/index.ts', ...BELOW],
  'auth/a.ts': SIGN_IN,
  'http/a.ts': ['http/index.ts', ...SIGN_IN],
  'modules/index.ts': MODULES,
  'modules/workspace/a.ts': MODULES,
  'modules/workspace/a/b.ts': MODULES,
  'live/a.ts': ['live/index.ts', ...MODULES],
  'jobs/a/b.ts': ['jobs/index.ts', ...MODULES],
  'api/a/b.ts': ['api/server.ts', 'live/index.ts', 'jobs/index.ts', ...MODULES],
};

const ALL = [
  'database/connect.ts tenancy/index.ts migrations/index.ts reference/index.ts db.ts queue/index.ts storage/index.ts',
  'mail/index.ts auth/index.ts http/index.ts modules/crm/index.ts modules/crm/deals.ts live/index.ts jobs/index.ts',
  'api/server.ts report/index.ts cli/command.ts',
].flatMap((line) => line.split(' '));

const folder = mkdtempSync(join(tmpdir(), 'lotline-rooms-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
/** `<file>:<line>` of every import that Biome refuses. */
let refused: ReadonlySet<string>;

/** How `file` writes an import of `target`; from within the modules, another module is one folder less away. */
function address(file: string, target: string): string {
  const within = target.startsWith('modules/') && file.startsWith('modules/');
  const up = '../'.repeat(file.split('/').length - (within ? 2 : 1)) || './';
  return up + (within ? target.slice('modules/'.length) : target);
}

beforeAll(() => {
  copyFileSync(join(root, 'biome.json'), join(folder, 'biome.json'));
  for (const file of Object.keys(MAY)) {
    const path = join(folder, 'src', file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, ALL.map((target) => `import '${address(file, target)}';\n`).join(''));
  }
  const { stdout } = spawnSync(
    join(root, 'node_modules/.bin/biome'),
    'lint --vcs-enabled=false --only=style/noRestrictedImports --reporter=github --max-diagnostics=none src'.split(
      ' ',
    ),
    { cwd: folder, encoding: 'utf8' },
  );
  refused = new Set(
    [...stdout.matchAll(/file=[^,]*\/src\/([^,]+),line=(\d+)/g)].map(([, file, line]) => `${file}:${line}`),
  );
});

it.each(Object.entries(MAY))('src/%s may import what its room may, and nothing else', (file, may) => {
  expect(ALL.filter((_, i) => refused.has(`${file}:${i + 1}`))).toEqual(
    ALL.filter((target) => !may.includes(target)),
  );
});
