import { spawn } from 'node:child_process';
import { projectRoot } from '../root.ts';

/** The gate of the project, step by step. Each step is a program; all of them run, so that one run tells everything. */
const STEPS: readonly (readonly [name: string, program: string, ...args: string[]])[] = [
  ['format, lint, import directions', 'biome', 'check', '--error-on-warnings', '.'],
  ['the API as the web application has it', 'node', 'src/cli/web-types.ts'],
  ['types', 'tsc', '--noEmit'],
  ['types of the web application', 'tsc', '--noEmit', '-p', 'web'],
  ['the schema, by Prisma', 'prisma', 'validate'],
  ['the generated reference is current', 'node', 'src/cli/db-docs.ts', '--check'],
];

let failed = 0;
for (const [name, program, ...args] of STEPS) {
  const started = performance.now();
  const { ok, output } = await run(program, args);
  console.log(`${ok ? '✓' : '✗'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  if (!ok) {
    failed += 1;
    console.log(output.trimEnd().replaceAll(/^/gm, '    '));
  }
}
console.log(failed === 0 ? 'All in order.' : `${failed} of ${STEPS.length} steps failed.`);
process.exitCode = failed === 0 ? 0 : 1;

function run(program: string, args: readonly string[]): Promise<{ ok: boolean; output: string }> {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(program, args, { cwd: projectRoot(), stdio: ['ignore', 'pipe', 'pipe'] });
    const take = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (error) => resolve({ ok: false, output: error.message }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}
