import { randomBytes } from 'node:crypto';
import { readSecretFile, writeSecretFile } from '../secret-file.ts';
import { exclusively } from './claims.ts';

/** Passwords of the embedded server's roles, the keyring that signs tenant contexts (see keyring.ts), the secret of sign-in. */
export interface Credentials {
  readonly superuser: string;
  readonly owner: string;
  readonly app: string;
  readonly platform: string;
  readonly ingest: string;
  readonly contextKey: string;
  readonly authSecret: string;
}

export const superuserRole = 'lotline_superuser';

const names = ['superuser', 'owner', 'app', 'platform', 'ingest', 'contextKey', 'authSecret'] as const;

/** Reads the credentials; undefined when none were made yet. */
export function readCredentials(file: string): Credentials | undefined {
  return readSecretFile<Credentials>(file);
}

/** Reads the credentials and makes what is missing; `made` says that the superuser's password is new. */
export function provideCredentials(file: string): { credentials: Credentials; made: boolean } {
  const kept: Partial<Credentials> = readCredentials(file) ?? {};
  const lacking = names.filter((name) => typeof kept[name] !== 'string' || kept[name] === '');
  const fresh = Object.fromEntries(lacking.map((name) => [name, randomBytes(32).toString('hex')]));
  const credentials = { ...kept, ...fresh } as Credentials;
  if (lacking.length > 0) writeSecretFile(file, credentials);
  return { credentials, made: lacking.includes('superuser') };
}

/** Replaces some of the credentials of a server that runs, one process at a time. */
export async function changeCredentials(file: string, change: Partial<Credentials>): Promise<void> {
  await exclusively(`${file}-lock`, () => {
    writeSecretFile(file, { ...readCredentials(file), ...change });
  });
}
