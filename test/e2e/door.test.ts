import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from '../support/server.ts';

describe('the door lotline/tenancy', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lotline-door-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('opens in a project that has the built package, with types', () => {
    const own = join(folder, 'node_modules/lotline');
    mkdirSync(own, { recursive: true });
    const tsc = join(root, 'node_modules/.bin/tsc');
    execFileSync(tsc, ['-p', 'tsconfig.build.json', '--outDir', join(own, 'dist')], { cwd: root });
    cpSync(join(root, 'src'), join(own, 'dist'), { recursive: true, filter: (p) => !p.endsWith('.ts') });
    cpSync(join(root, 'package.json'), join(own, 'package.json'));
    symlinkSync(join(root, 'node_modules'), join(own, 'node_modules'));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(
      join(folder, 'main.ts'),
      "import { openTenancy, type Tenant, TenancyError } from 'lotline/tenancy';\n" +
        'const tenant: Tenant = { organizationId: "x" };\nconsole.log(typeof openTenancy, TenancyError.name, tenant.organizationId);\n',
    );
    const settings = ['--noEmit', '--module', 'nodenext', '--strict', '--skipLibCheck', '--target', 'es2024'];
    symlinkSync(join(root, 'node_modules/@types'), join(folder, 'node_modules/@types'));
    execFileSync(tsc, [...settings, '--types', 'node', 'main.ts'], { cwd: folder });
    const node = join(root, 'node_modules/.bin/node');
    expect(execFileSync(node, ['main.ts'], { cwd: folder, encoding: 'utf8' })).toBe(
      'function TenancyError x\n',
    );
    expect(JSON.parse(readFileSync(join(own, 'package.json'), 'utf8')).exports['./tenancy']).toBeDefined();
  });
});
