import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { LotlineError } from '../../errors.ts';

/** Byte length of a log, from where later output is read; 0 when there is none. */
export function logEnd(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** What was written to a log since `from`, at most the last 16 KiB of it. */
export function logSince(file: string, from: number): string {
  const end = logEnd(file);
  const start = Math.max(from, end - 16384);
  if (end <= start) return '';
  const buffer = Buffer.alloc(end - start);
  const handle = openSync(file, 'r');
  try {
    return buffer.toString('utf8', 0, readSync(handle, buffer, 0, buffer.length, start));
  } finally {
    closeSync(handle);
  }
}

/** The error for a program of PostgreSQL that ended before its time; `output` is what it said. */
export function failureOf(program: string, output: string, folder: string): LotlineError {
  const telling = output
    .split('\n')
    .filter((line) => /FATAL|PANIC|error:|could not|No space|HINT/i.test(line))
    .slice(-5);
  const shown = (telling.length > 0 ? telling : output.trim().split('\n').slice(-5))
    .map((line) => `  ${line.trim()}`)
    .join('\n');
  if (/No space left on device|free disk space|disk full|Disk quota exceeded/i.test(output))
    return diskFull(folder);
  if (/could not look up effective user ID/.test(output)) {
    return new LotlineError(
      'NO_ACCOUNT',
      `Your user id ${process.getuid?.()} has no name on this system, and PostgreSQL asks for one.`,
      'Add a line for it to /etc/passwd, or run as a user who has one.',
    );
  }
  if (/incompatible with server|initialized by PostgreSQL version/.test(output)) {
    return new LotlineError(
      'DATA_FOLDER_VERSION',
      `The data in ${folder} was made by another PostgreSQL:\n${shown}`,
      'Use that version, or dump the data with it and load the dump into a fresh data folder.',
    );
  }
  if (/could not bind .*Permission denied/.test(output)) {
    return new LotlineError(
      'PORT_NOT_PERMITTED',
      'PostgreSQL may not listen on the port that LOTLINE_PORT names: ports below 1024 are for root.',
      'Set LOTLINE_PORT to a port from 1024 to 65535.',
    );
  }
  if (/Permission denied|not permitted|Read-only file system/.test(output)) return notWritable(folder, shown);
  return new LotlineError(
    'POSTGRES_FAILED',
    `${program} failed:\n${shown}`,
    `Nothing was deleted. The whole log is postgres.log in the data folder of ${folder}.`,
  );
}

/** Any error met while the server is prepared, in the terms of a user. */
export function asLotlineError(error: unknown, folder: string): LotlineError {
  if (error instanceof LotlineError) return error;
  const { code, message, stack } = error as NodeJS.ErrnoException;
  // 53100 is PostgreSQL's disk_full.
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === '53100') return diskFull(folder, error);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return notWritable(folder, `  ${message}`);
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return new LotlineError(
      'DATA_FOLDER_INVALID',
      `${folder} cannot hold the data: ${message}`,
      'Set LOTLINE_DATA to a folder, or remove the file that is in its place.',
      { cause: error },
    );
  }
  return new LotlineError(
    'EMBEDDED_FAILED',
    `The embedded database could not be started: ${stack ?? error}`,
    'Start again; if it fails again, read keeper.log and postgres.log in the data folder.',
    { cause: error },
  );
}

function diskFull(folder: string, cause?: unknown): LotlineError {
  return new LotlineError(
    'DISK_FULL',
    `There is no space left on the disk of ${folder}.`,
    'Free some space (a new database takes about 60 MB) and start again. Nothing that was committed is lost.',
    { cause },
  );
}

function notWritable(folder: string, detail: string): LotlineError {
  return new LotlineError(
    'DATA_FOLDER_NOT_WRITABLE',
    `The data folder ${folder} cannot be used:\n${detail}`,
    'Give yourself permission to write to it, or set LOTLINE_DATA to a folder of your own.',
  );
}
