import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

// Far above what any of them takes, so that a program that waits for something does not keep the report.
const LIMIT = 5 * 60_000;

/** Runs a program of `node_modules/.bin` or the path in the project's folder; both of its outputs, in order, without colours. */
export async function runProgram(
  root: string,
  program: string,
  args: readonly string[],
): Promise<{ code: number; output: string }> {
  const path = `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`;
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, PATH: path, NO_COLOR: '1', FORCE_COLOR: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
    timeout: LIMIT,
  });
  let output = '';
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const code = await new Promise<number>((resolve) => {
    child.once('error', (error) => {
      output += `${program} could not be started: ${error.message}`;
      resolve(127);
    });
    child.once('close', (status, signal) => {
      if (signal) output += `\n${program} was ended by ${signal}`;
      resolve(status ?? 1);
    });
  });
  return { code, output: stripVTControlCharacters(output).trim() };
}

/** The end of an output: where compilers and runners say what went wrong. */
export function lastLines(output: string, count: number): string {
  const lines = output.split('\n');
  return lines.length <= count
    ? output
    : [`… ${lines.length - count} lines before`, ...lines.slice(-count)].join('\n');
}
