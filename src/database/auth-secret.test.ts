import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { authSecret } from './auth-secret.ts';
import { keptFile } from './external/kept.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'lotline-secret-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

const external = (database: string) => {
  const owner = `postgresql://u:p@h/${database}`;
  return { kind: 'external' as const, urls: { owner, app: owner, platform: owner, ingest: owner } };
};

it('is made once for each database, also by several at once, and kept for its owner alone', async () => {
  const dataFolder = folder();
  const of = (name: string) => authSecret({ authSecret: undefined, dataFolder }, external(name));
  const [one, two] = await Promise.all([of('a'), of('a')]);
  expect(one).toMatch(/^[0-9a-f]{64}$/);
  expect(two).toBe(one);
  expect(await of('b')).not.toBe(one);
  expect(statSync(keptFile(dataFolder)).mode & 0o777).toBe(0o600);
});

it('is the prescribed one where there is one, and then nothing is kept', async () => {
  const dataFolder = folder();
  const prescribed = 'p'.repeat(32);
  expect(await authSecret({ authSecret: prescribed, dataFolder }, external('a'))).toBe(prescribed);
  expect(() => readFileSync(keptFile(dataFolder))).toThrow(/ENOENT/);
});

it('that was damaged is named with its file', async () => {
  const dataFolder = folder();
  writeFileSync(keptFile(dataFolder), JSON.stringify({ authSecrets: { 'h:5432/a': 'x' } }));
  await expect(authSecret({ authSecret: undefined, dataFolder }, external('a'))).rejects.toMatchObject({
    code: 'AUTH_SECRET_DAMAGED',
  });
});
