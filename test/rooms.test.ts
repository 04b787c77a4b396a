import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
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

/** How `file` writes an import of `target`. */
function address(file: string, target: string): string {
  const path = relative(dirname(file), target).split(sep).join('/');
  return path.startsWith('.') ? path : `./${path}`;
}

const WEB_ALL = [
  'src/config.ts web/api/client.ts web/ui/button.tsx web/ui/editor/draft.ts web/app/router.tsx web/app/module.ts',
  'web/modules/crm/index.ts web/modules/crm/deals.tsx web/modules/crm/deals/board.tsx',
].flatMap((line) => line.split(' '));
const BASE = ['web/api/client.ts', 'web/ui/button.tsx', 'web/ui/editor/draft.ts'];
const WEB_MODULES = [...BASE, 'web/app/module.ts', 'web/modules/crm/index.ts'];

/** The same of the rooms of the web application. */
const WEB_MAY: Record<string, readonly string[]> = {
  'web/api/a.ts': ['web/api/client.ts'],
  'web/ui/a.tsx': BASE,
  'web/ui/grid/a.tsx': BASE,
  'web/app/shell/a.tsx': [...BASE, 'web/app/router.tsx', 'web/app/module.ts'],
  'web/modules/workspace/a.tsx': WEB_MODULES,
  'web/modules/workspace/a/b.tsx': WEB_MODULES,
};

const inSource = (names: readonly string[]) => names.map((name) => `src/${name}`);
const CASES = [
  ...Object.entries(MAY).map(([file, may]) => ({
    file: `src/${file}`,
    may: inSource(may),
    all: inSource(ALL),
  })),
  ...Object.entries(WEB_MAY).map(([file, may]) => ({ file, may, all: WEB_ALL })),
];

beforeAll(() => {
  copyFileSync(join(root, 'biome.json'), join(folder, 'biome.json'));
  for (const { file, all } of CASES) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, all.map((target) => `import '${address(file, target)}';\n`).join(''));
  }
  const { stdout } = spawnSync(
    join(root, 'node_modules/.bin/biome'),
    'lint --vcs-enabled=false --only=style/noRestrictedImports --reporter=github --max-diagnostics=none src web'.split(
      ' ',
    ),
    { cwd: folder, encoding: 'utf8' },
  );
  refused = new Set(
    [...stdout.matchAll(/file=[^,]*\/((?:src|web)\/[^,]+),line=(\d+)/g)].map(
      ([, file, line]) => `${file}:${line}`,
    ),
  );
});

it.each(CASES)('$file may import what its room may, and nothing else', ({ file, may, all }) => {
  expect(all.filter((_, i) => refused.has(`${file}:${i + 1}`))).toEqual(
    all.filter((target) => !may.includes(target)),
  );
});
