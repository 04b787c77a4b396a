import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { LotlineError } from '../../errors.ts';
import { type Account, accountForRoot, isRoot, permits } from './account.ts';
import { type Binaries, binariesIn, majorVersion } from './binaries.ts';
import type { Paths } from './state.ts';

/** Where PostgreSQL runs, from which programs, and as whom. */
export interface Placement {
  readonly account: Account | undefined;
  readonly binaries: Binaries;
  /** The cluster's real folder; it may not exist yet. */
  readonly cluster: string;
}

/** For projects that PostgreSQL's user cannot reach, such as one in /root. */
const elsewhere = '/var/lib/lotline';

/**
 * Decides where the cluster stands. An ordinary user has it in the data folder. Root runs PostgreSQL as another
 * user; where that user cannot reach the project, cluster and programs stand in /var/lib/lotline and `data` links
 * to the cluster. Nobody's permissions on the way to the project are widened.
 */
export function place(paths: Paths, binaries: Binaries): Placement {
  const link = lstatSync(paths.data, { throwIfNoEntry: false });
  if (link?.isSymbolicLink() && !existsSync(paths.data)) {
    throw new LotlineError(
      'DATA_FOLDER_LOST',
      `${paths.data} leads to a folder that does not exist any more.`,
      `Bring that folder back, or remove ${paths.data} to begin with an empty database.`,
    );
  }
  const kept = link ? realpathSync(paths.data) : undefined;
  checkOwner(kept ?? paths.folder);
  if (!isRoot()) return { account: undefined, binaries, cluster: kept ?? paths.data };

  const account = kept ? ownerOf(kept) : accountForRoot();
  // Others may pass through to the cluster, whose own mode is 0700, but list nothing here.
  chmodSync(paths.folder, 0o711);
  const programs = permits(account, binaries.postgres, 'x') ? binaries : copied(binaries);
  if (kept) return { account, binaries: programs, cluster: kept };
  if (permits(account, paths.folder, 'x')) return { account, binaries: programs, cluster: paths.data };
  mkdirElsewhere();
  const cluster = join(elsewhere, `data-${randomBytes(8).toString('hex')}`);
  return { account, binaries: programs, cluster };
}

/** Makes a folder that only PostgreSQL's user may enter. */
export function mkdirFor(account: Account | undefined, folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account) chownSync(folder, account.uid, account.gid);
}

/** Puts a finished cluster into its place, and the link where that is elsewhere. */
export function settle(paths: Paths, placement: Placement, finished: string): void {
  renameSync(finished, placement.cluster);
  if (placement.cluster !== paths.data) symlinkSync(placement.cluster, paths.data);
}

function ownerOf(folder: string): Account {
  const { uid, gid } = statSync(folder);
  if (uid !== 0) return { uid, gid };
  throw new LotlineError(
    'DATA_FOLDER_OWNER',
    `${folder} belongs to root, as whom PostgreSQL does not run.`,
    `Give it to the system user lotline: chown -R lotline ${folder}`,
  );
}

function checkOwner(folder: string): void {
  const own = process.getuid?.();
  if (own === undefined || own === 0) return;
  const { uid } = statSync(folder);
  if (uid === own) return;
  throw new LotlineError(
    'DATA_FOLDER_OWNER',
    `${folder} belongs to another user (user id ${uid}, yours is ${own}).`,
    uid === 0
      ? 'It was made by root. Run as root again, or set LOTLINE_DATA to a folder of your own.'
      : 'Run as that user, give the folder to yourself with chown -R, or set LOTLINE_DATA to a folder of your own.',
  );
}

function copied(binaries: Binaries): Binaries {
  mkdirElsewhere();
  const content = createHash('sha256').update(readFileSync(binaries.postgres)).digest('hex').slice(0, 16);
  const home = join(elsewhere, `postgres-${majorVersion(binaries)}-${content}`);
  if (!existsSync(home)) {
    const draft = `${home}.${randomBytes(4).toString('hex')}.draft`;
    cpSync(binaries.home, draft, { recursive: true, verbatimSymlinks: true });
    chmodSync(draft, 0o755);
    try {
      renameSync(draft, home);
    } catch (error) {
      rmSync(draft, { recursive: true, force: true });
      if (!existsSync(home)) throw error;
    }
  }
  return binariesIn(join(home, basename(join(binaries.postgres, '..'))));
}

function mkdirElsewhere(): void {
  try {
    mkdirSync(elsewhere, { recursive: true });
    chmodSync(elsewhere, 0o711);
  } catch (error) {
    throw new LotlineError(
      'DATA_FOLDER_UNREACHABLE',
      `PostgreSQL does not run as root, its own user cannot reach the project, and ${elsewhere} cannot be made: ${(error as Error).message}`,
      'Move the project to a folder that other users can enter, or run as an ordinary user.',
      { cause: error },
    );
  }
}
