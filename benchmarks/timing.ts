import { spawn } from 'node:child_process';

/** The middle of the values, in the unit they have. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function show(what: string, milliseconds: readonly number[], bound: number): void {
  const seconds = (ms: number) => (ms / 1000).toFixed(2);
  const verdict = median(milliseconds) <= bound ? 'within' : 'BEYOND';
  console.log(
    `${what}: median ${seconds(median(milliseconds))} s, ${verdict} ${bound / 1000} s (${milliseconds.map(seconds).join(', ')})`,
  );
}

/** Runs a program to its end, or until a line of its output matches; then it gets SIGINT. Milliseconds until then. */
export function timed(
  command: readonly string[],
  env: NodeJS.ProcessEnv,
  until?: RegExp,
): Promise<{ ms: number; code: number | null; output: string }> {
  return new Promise((resolve) => {
    const started = performance.now();
    let output = '';
    let ms = 0;
    const child = spawn(command[0]!, command.slice(1), {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const take = (chunk: Buffer) => {
      output += chunk.toString();
      if (ms === 0 && until?.test(output)) {
        ms = performance.now() - started;
        process.kill(-child.pid!, 'SIGINT');
      }
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('close', (code) => resolve({ ms: ms || performance.now() - started, code, output }));
  });
}
