import { resolve } from 'node:path';

/** A path as the person wrote it: relative ones start where the command was called, not at the project's root. */
export function callerPath(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path);
}
