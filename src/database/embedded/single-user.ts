import { spawn } from 'node:child_process';
import { scramVerifier } from '../scram.ts';
import { bareEnvironment } from './cluster.ts';
import { superuserRole } from './credentials.ts';
import { failureOf } from './failures.ts';
import type { Placement } from './placement.ts';

/**
 * Gives the superuser a password without knowing the old one, for a cluster whose credentials file was lost. The
 * server must not run: a lone backend does it, so that no door stands open meanwhile.
 */
export async function setSuperuserPassword(
  { binaries, cluster, account }: Placement,
  password: string,
): Promise<void> {
  const output = await new Promise<{ code: number | null; text: string }>((resolve, reject) => {
    const child = spawn(binaries.postgres, ['--single', '-D', cluster, 'postgres'], {
      ...account,
      cwd: '/',
      env: bareEnvironment(),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let text = '';
    const collect = (chunk: Buffer) => {
      text += chunk;
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.stdin.on('error', () => {});
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, text }));
    child.stdin.end(`ALTER ROLE ${superuserRole} PASSWORD '${scramVerifier(password)}';\n`);
  });
  if (output.code !== 0 || /ERROR:/.test(output.text)) throw failureOf('PostgreSQL', output.text, cluster);
}
