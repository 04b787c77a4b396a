import { chmodSync, chownSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { LotlineError } from '../errors.ts';

/**
 * Writes `value` as JSON that only its owner may read (mode 0600): as a whole or not at all. A file that root replaces
 * stays its owner's.
 */
export function writeSecretFile(file: string, value: unknown): void {
  const draft = `${file}.${process.pid}.draft`;
  try {
    writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flush: true });
    const old = process.getuid?.() === 0 ? statSync(file, { throwIfNoEntry: false }) : undefined;
    if (old) chownSync(draft, old.uid, old.gid);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/**
 * Reads what writeSecretFile wrote; undefined when the file does not exist. A file that others could read is
 * closed to them. Throws LotlineError `SECRET_FILE_DAMAGED` or `SECRET_FILE_UNREADABLE`.
 */
export function readSecretFile<T>(file: string): T | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new LotlineError(
      'SECRET_FILE_UNREADABLE',
      `The passwords in ${file} cannot be read: ${(error as Error).message}`,
      'Run as the user who owns this file, or give it back to yourself with chown.',
      { cause: error },
    );
  }
  try {
    chmodSync(file, 0o600);
  } catch {
    // Somebody else's file (root reads a user's): its owner closes it.
  }
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw new LotlineError(
      'SECRET_FILE_DAMAGED',
      `${file} is not valid JSON, so its passwords are lost.`,
      'Move the file away and start again: new passwords are made and set; the data stays.',
      { cause: error },
    );
  }
}
