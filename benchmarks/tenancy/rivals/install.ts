import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LotlineError } from '../../../src/errors.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** ZenStack's schema, which its command makes of `schema.zmodel`. */
export const GENERATED = new URL('./.generated/schema.ts', import.meta.url);

/**
 * Installs the rivals' packages into this folder and generates what they need, where that is missing or the lock file or the
 * model has changed since. Install scripts do not run: one of them would download an engine that nothing here uses.
 * @throws LotlineError `RIVALS_NOT_INSTALLED` with what the command said
 */
export function installRivals(): void {
  const stamp = join(folder, 'node_modules', '.rivals');
  const wanted = fingerprint();
  const installed = existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  if (installed && existsSync(GENERATED)) return;
  console.error('Installing the rivals of the benchmark …');
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  const zen = join(folder, 'node_modules', '@zenstackhq', 'cli', 'bin', 'cli');
  run(process.execPath, [
    zen,
    ...['generate', '--schema', 'schema.zmodel', '--output', '.generated', '--silent'],
    ...['--no-version-check', '--no-tips', '--generate-models=false', '--generate-input=false'],
  ]);
  writeFileSync(stamp, wanted);
}

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', 'schema.zmodel']) hash.update(readFileSync(join(folder, file)));
  return `${hash.digest('hex')} ${process.platform}-${process.arch}`;
}

function run(program: string, args: readonly string[]): void {
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, DO_NOT_TRACK: '1' },
    shell: program === 'npm' && process.platform === 'win32',
  });
  if (status === 0) return;
  throw new LotlineError(
    'RIVALS_NOT_INSTALLED',
    `${program} ${args[0]} failed in benchmarks/tenancy/rivals: ${(error?.message ?? `${stdout}${stderr}`).trim()}`,
    'The comparison needs the npm registry once; `--only` leaves it out.',
  );
}
