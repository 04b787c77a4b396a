import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CLUBS } from '../../tenancy/adopt/testing/schemas.ts';

const program = new URL('../lotline.ts', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'adopt-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(join(folder, 'schema.prisma'), CLUBS);

const lotline = (...words: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'adopt', ...words], {
    cwd: folder,
    env: { ...process.env, INIT_CWD: folder },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

describe('lotline adopt', () => {
  it('only reports with --check, and exits 1 where something crosses', () => {
    const { status, stdout } = lotline('--schema', 'schema.prisma', '--check');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^Tenant: Club \(7 models point at it/);
    expect(stdout).toMatch(/Outing\.boatId → Boat: both rows carry the tenant/);
    expect(existsSync(join(folder, 'lotline-adopt'))).toBe(false);
  });

  it('writes schema, migrations in order, boundary and queries', () => {
    const { status, stdout } = lotline('--schema', 'schema.prisma', '--out', 'adopted', '--json');
    expect(status).toBe(0);
    const { ok, written, models } = JSON.parse(stdout);
    expect(ok).toBe(true);
    expect(models).toHaveLength(18);
    expect(written).toHaveLength(7);
    const names = readdirSync(join(folder, 'adopted/migrations')).sort();
    expect(names.map((n) => n.replace(/^\d{14}_/, ''))).toEqual([
      'tenant-context',
      'tenant-boundary',
      'tenant-keys',
      'tenant-keys-validated',
    ]);
    const { boundary } = JSON.parse(readFileSync(join(folder, 'adopted/boundary.json'), 'utf8'));
    expect(boundary.models.find((m: { model: string }) => m.model === 'Boat')).toMatchObject({
      table: 'Boat',
      scope: 'tenant',
      tenantColumn: 'clubId',
    });
  });

  it('reports on a schema for another database, and writes nothing for it', () => {
    const path = join(folder, 'other.prisma');
    writeFileSync(path, CLUBS.replace('"postgresql"', '"mysql"'));
    expect(lotline('--schema', path).stderr).toMatch(/ADOPT_PROVIDER/);
    expect(lotline('--schema', path, '--check').stdout).toMatch(/the provider is mysql/);
  });

  it('exits 1 with a code for a model that is not there, 2 for wrong use', () => {
    const unknown = lotline('--schema', 'schema.prisma', '--tenant', 'Clubb', '--json');
    expect(unknown.status).toBe(1);
    expect(JSON.parse(unknown.stdout).error.code).toBe('ADOPT_TENANT_UNKNOWN');
    expect(lotline('--schema', 'nowhere.prisma').status).toBe(2);
    expect(lotline('--check').status).toBe(2);
    expect(lotline('--schema', 'schema.prisma', '--keys', 'none').status).toBe(2);
  });
});
