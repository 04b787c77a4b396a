import { join } from 'node:path';
import { lastLines, runProgram } from '../run-program.ts';
import type { Step } from '../step.ts';

/** A program of the project that must end with exit code 0. */
function command(
  name: string,
  program: string,
  args: readonly string[],
  remedy: string,
  after?: readonly string[],
): Step {
  return {
    name,
    section: 'commands',
    ...(after ? { after } : {}),
    async run({ root }) {
      const { code, output } = await runProgram(root, program, args);
      const failure = { message: `${name} ended with exit code ${code}:\n${lastLines(output, 40)}`, remedy };
      return { detail: '', output, issues: code === 0 ? [] : [failure] };
    },
  };
}

const generate = command(
  'prisma generate',
  'prisma',
  ['generate'],
  'mend what it names, then run: npx prisma generate',
);
// What reads generated code waits until it has been written.
const generated = [generate.name];

export const commands: readonly Step[] = [
  command('prisma validate', 'prisma', ['validate'], 'mend what it names, then run: npx prisma validate'),
  generate,
  command(
    'db:docs',
    'node',
    [join('src', 'cli', 'db-docs.ts'), '--check'],
    'npm run db:docs, and commit what it writes',
    generated,
  ),
  command('tsc --noEmit', 'tsc', ['--noEmit'], 'mend what it names, then run: npx tsc --noEmit', generated),
  command(
    'npm run build',
    'npm',
    ['run', '--silent', 'build'],
    'mend what it names, then run: npm run build',
    generated,
  ),
];
